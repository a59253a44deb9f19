import type { SegmentEvent } from '@segment/actions-core'
import { MAX_CALL_BYTES } from './limits'

/** What a call of each type must have beside the id of a user. */
const REQUIRED: Record<string, string | undefined> = {
  track: 'event',
  identify: undefined,
  page: undefined,
  screen: undefined,
  group: 'groupId',
  alias: 'previousId'
}

/**
 * Why Segment answers 200 to a call and drops it.
 *
 * @returns one sentence; undefined if it is not dropped.
 * @see https://segment.com/docs/connections/sources/catalog/libraries/server/http-api/#errors
 */
export function dropReason(call: SegmentEvent): string | undefined {
  const { type, ...members } = call as unknown as Record<string, unknown>
  if (typeof type !== 'string' || !Object.hasOwn(REQUIRED, type)) {
    return `Segment drops this call: its type is none of ${Object.keys(REQUIRED).join(', ')}.`
  }
  if (!isId(members.userId) && !isId(members.anonymousId)) {
    return 'Segment drops this call: it has no userId and no anonymousId.'
  }
  const required = REQUIRED[type]
  if (required !== undefined && !isId(members[required])) {
    return `Segment drops this call: it has no ${required}, which a call of the type ${type} needs.`
  }
  if (Buffer.byteLength(JSON.stringify(call)) > MAX_CALL_BYTES) {
    return `Segment drops this call: it has more than ${MAX_CALL_BYTES / 1024} KB.`
  }
  return undefined
}

const isId = (value: unknown) => (typeof value === 'string' && value !== '') || typeof value === 'number'
