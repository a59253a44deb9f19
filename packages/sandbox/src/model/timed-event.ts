import type { WireEvent } from '@tractionboard/contract'
import { compareText } from './compare-text'
import { compareTimestamps, type Timestamp } from './timestamp'

/** An accepted event whose `occurred_at` is parsed. */
export type TimedEvent<Type extends WireEvent['type'] = WireEvent['type']> = Timed<Extract<WireEvent, { type: Type }>>

type Timed<Event extends WireEvent> = Event extends WireEvent
  ? Omit<Event, 'occurred_at'> & { occurred_at: Timestamp }
  : never

/**
 * The order of events at one time: what leads to a signup comes before it, and a cancel comes last, so that a signup and a
 * cancel that have only a date leave a canceled user.
 */
const TYPE_ORDER: Readonly<Record<WireEvent['type'], number>> = {
  visit: 0,
  alias: 1,
  signup: 2,
  login: 3,
  attribute: 4,
  event: 5,
  payment: 6,
  refund: 7,
  cancel: 8
}

/**
 * Compares events by `occurred_at`, then by type (see `TYPE_ORDER`), then by id. Type and id together are unique, so the order in
 * which events arrive never matters. For `Array.prototype.sort`.
 */
export function compareTimedEvents(one: TimedEvent, other: TimedEvent): number {
  return (
    compareTimestamps(one.occurred_at, other.occurred_at) ||
    TYPE_ORDER[one.type] - TYPE_ORDER[other.type] ||
    compareText(one.id, other.id)
  )
}
