import type { SegmentEvent } from '@segment/actions-core'
import { LocalSegmentError } from './errors'
import { eventTime } from './event-time'
import { stoppedByIntegrations } from './platform/integrations'
import { matcher } from './router'

/** Which calls are sent. Each part that is given must allow a call. */
export interface CallFilterOptions {
  /** Only calls that happened at this time or later. A call without a time that can be read is not held back. */
  from?: Date
  /** Only calls that happened at this time or earlier. */
  to?: Date
  /** Only calls that match this FQL. */
  where?: string
  /** Names of the destination, so that calls are held back whose `integrations` object switches it off. */
  integrations?: string[]
}

/**
 * Makes a function that tells whether a call is to be sent.
 *
 * @throws LocalSegmentError if the FQL cannot be parsed.
 * @see https://segment.com/docs/api/public-api/fql/
 */
export function callFilter({ from, to, where, integrations }: CallFilterOptions): (call: SegmentEvent) => boolean {
  const tests: ((call: SegmentEvent) => boolean)[] = []
  if (integrations) tests.push((call) => stoppedByIntegrations(call, integrations) === undefined)
  if (from || to) tests.push(isBetween(from?.getTime() ?? -Infinity, to?.getTime() ?? Infinity))
  if (where !== undefined) {
    const matches = matcher(where)
    if (!matches) throw new LocalSegmentError(`Segment's parser cannot read this FQL: ${where}`)
    tests.push(matches)
  }
  return (call) => tests.every((test) => test(call))
}

const isBetween = (from: number, to: number) => (call: SegmentEvent) => {
  const time = eventTime(call)
  return time === undefined || (from <= time && time <= to)
}
