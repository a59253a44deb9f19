import type { WireEvent } from '@tractionboard/contract'
import { compareInstants, compareText, parseInstant, type Instant } from './instant'

/** An event with the instant at which it occurred. */
export interface Occurrence {
  event: WireEvent
  at: Instant
}

/**
 * Places events in the one order that everything is computed in: by `occurred_at` as an instant, ties broken by type
 * and then id. As type and id together are unique, the order of arrival can never matter.
 *
 * @throws if an `occurred_at` is not a date-time; accepted events always are.
 */
export function inOrder(events: Iterable<WireEvent>): Occurrence[] {
  return Array.from(events, occurrence).sort(
    (a, b) =>
      compareInstants(a.at, b.at) || compareText(a.event.type, b.event.type) || compareText(a.event.id, b.event.id)
  )
}

function occurrence(event: WireEvent): Occurrence {
  const at = parseInstant(event.occurred_at)
  if (!at) throw new Error('occurred_at is not an RFC 3339 date-time: only accepted events can be put in order.')
  return { event, at }
}
