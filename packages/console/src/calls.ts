import { randomUUID } from 'node:crypto'
import type { SegmentEvent } from '@segment/actions-core'
import { HttpError } from './http/http-error'

const TYPES = ['track', 'identify', 'page', 'screen', 'group', 'alias']

/**
 * Fills in what Segment's Tracking API fills in where it is missing: messageId, timestamp and receivedAt.
 *
 * @throws HttpError that says what to do if it is no call.
 */
export function completeCall(input: unknown): { call: SegmentEvent; filledIn: string[] } {
  if (typeof input !== 'object' || input === null || Array.isArray(input)) {
    throw new HttpError(400, 'A call is a JSON object, such as {"type": "track", "event": "signup", "userId": "u1"}.')
  }
  const given = input as Partial<Record<string, unknown>>
  if (!TYPES.includes(String(given.type))) {
    throw new HttpError(400, `The type of the call is not one of ${TYPES.join(', ')}.`)
  }
  const now = new Date().toISOString()
  const fillers = {
    messageId: `test-${randomUUID()}`,
    timestamp: typeof given.originalTimestamp === 'string' ? given.originalTimestamp : now,
    receivedAt: now
  }
  const filledIn = Object.keys(fillers).filter((name) => given[name] === undefined || given[name] === null)
  const filled = Object.fromEntries(Object.entries(fillers).filter(([name]) => filledIn.includes(name)))
  return { call: { ...given, ...filled } as unknown as SegmentEvent, filledIn }
}
