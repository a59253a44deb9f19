import type { Page, WireEvent } from '@tractionboard/contract'
import type { TimedEvent } from './model/timed-event'
import { parseTimestamp } from './model/timestamp'
import type { StringPool } from './string-pool'

/**
 * Makes of an event what is kept of it, so that millions fit into memory: the texts that are long and that other events
 * repeat are kept once.
 *
 * @param event is changed, and becomes the result: a copy would take longer than all the rest.
 * @throws if `occurred_at` is not a date-time; accepted events always have one.
 */
export function compactEvent(event: WireEvent, pool: StringPool): TimedEvent {
  const occurredAt = parseTimestamp(event.occurred_at)
  if (!occurredAt) throw new Error('occurred_at is not an RFC 3339 date-time. Store accepted events only.')
  if (event.type === 'visit' || event.type === 'event') pool.intern(event, 'name')
  const { context } = event
  if (context) {
    pool.intern(context, 'user_agent')
    if (context.page) internPage(context.page, pool)
  }
  const timed = event as unknown as TimedEvent
  timed.occurred_at = occurredAt
  return timed
}

function internPage(page: Page, pool: StringPool): void {
  pool.intern(page, 'url')
  pool.intern(page, 'title')
  pool.intern(page, 'referrer')
}
