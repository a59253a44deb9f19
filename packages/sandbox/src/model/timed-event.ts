import type { WireEvent } from '@tractionboard/contract'
import { compareText } from './compare-text'
import { compareTimestamps, parseTimestamp, type Timestamp } from './timestamp'

/** An event with its `occurred_at`, parsed. */
export interface TimedEvent {
  event: WireEvent
  at: Timestamp
}

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
 * Sorts events by `occurred_at`, then by type (see `TYPE_ORDER`), then by id. Type and id together are unique, so the
 * order in which events arrive never matters.
 *
 * @throws if an `occurred_at` is not a date-time; accepted events always have one.
 */
export function sortByTime(events: Iterable<WireEvent>): TimedEvent[] {
  return Array.from(events, withTimestamp).sort(compareTimedEvents)
}

/** Compares events as `sortByTime` sorts them. For `Array.prototype.sort`. */
export function compareTimedEvents(one: TimedEvent, other: TimedEvent): number {
  return (
    compareTimestamps(one.at, other.at) ||
    TYPE_ORDER[one.event.type] - TYPE_ORDER[other.event.type] ||
    compareText(one.event.id, other.event.id)
  )
}

function withTimestamp(event: WireEvent): TimedEvent {
  const at = parseTimestamp(event.occurred_at)
  if (!at) throw new Error('occurred_at is not an RFC 3339 date-time. Sort accepted events only.')
  return { event, at }
}
