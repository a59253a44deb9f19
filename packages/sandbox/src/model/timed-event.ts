import type { WireEvent } from '@tractionboard/contract'
import { sortBy } from 'lodash'
import { parseTimestamp, type Timestamp } from './timestamp'

/** An event with its `occurred_at`, parsed. */
export interface TimedEvent {
  event: WireEvent
  at: Timestamp
}

/**
 * Sorts events by `occurred_at`, then by type, then by id. Type and id together are unique, so the order in which events
 * arrive never matters.
 *
 * @throws if an `occurred_at` is not a date-time; accepted events always have one.
 */
export function sortByTime(events: Iterable<WireEvent>): TimedEvent[] {
  return sortBy(Array.from(events, withTimestamp), [
    ({ at }) => at.seconds,
    ({ at }) => at.fraction,
    ({ event }) => event.type,
    ({ event }) => event.id
  ])
}

function withTimestamp(event: WireEvent): TimedEvent {
  const at = parseTimestamp(event.occurred_at)
  if (!at) throw new Error('occurred_at is not an RFC 3339 date-time. Sort accepted events only.')
  return { event, at }
}
