import { randomUUID } from 'node:crypto'
import type { SegmentEvent } from '@segment/actions-core'
import { parseTime } from '../event-time'

/** A call as a client sent it. */
export type SentCall = Record<string, unknown>

/** A call with what Segment adds, and the names of the members that were not in it. */
export interface CompletedCall {
  call: SegmentEvent
  filledIn: string[]
}

/**
 * Adds what Segment's Tracking API adds: a messageId, the time at which the call came in, and the time at which it happened,
 * corrected for a wrong clock of the device: `receivedAt − (sentAt − originalTimestamp)`.
 *
 * @param sent with the type that its address says.
 * @param now when it came in.
 * @see https://segment.com/docs/connections/spec/common/#timestamps
 */
export function completeCall(sent: SentCall, now: Date): CompletedCall {
  const { writeKey: _writeKey, ...rest } = sent
  const receivedAt = now.toISOString()
  // A client's own `timestamp` is when it happened. RudderStack's library adds an `originalTimestamp` of its own to it.
  const original = [sent.timestamp, sent.originalTimestamp].find((time) => time && parseTime(time) !== undefined)
  const call = {
    ...rest,
    messageId: isText(sent.messageId) ? sent.messageId : `api-${randomUUID()}`,
    originalTimestamp: original ?? receivedAt,
    timestamp: correctedTime(original, sent.sentAt, now) ?? original ?? receivedAt,
    receivedAt
  }
  const filledIn = ['messageId', 'originalTimestamp', 'timestamp', 'receivedAt'].filter((name) => !sent[name])
  return { call: call as unknown as SegmentEvent, filledIn }
}

const isText = (value: unknown) => typeof value === 'string' && value !== ''

/** Undefined if one of the two times of the device is missing or cannot be read. */
function correctedTime(original: unknown, sentAt: unknown, now: Date): string | undefined {
  const [happened, sent] = [original, sentAt].map((time) => (time ? parseTime(time) : undefined))
  if (happened === undefined || sent === undefined) return undefined
  const corrected = new Date(now.getTime() - (sent - happened))
  return Number.isNaN(corrected.getTime()) ? undefined : corrected.toISOString()
}
