import type { SegmentEvent } from '@segment/actions-core'
import { isPlainObject, merge } from 'lodash'

/**
 * How long a line, or an element of an array, may be, in bytes. Segment's own limit for a call is 32 KiB: what is longer
 * than this is no call, and is not kept in memory.
 *
 * @see https://segment.com/docs/connections/sources/catalog/libraries/server/http-api/#max-request-size
 */
export const MAX_RECORD_BYTES = 64 * 1024 * 1024

/** The bytes that should be one call, and where they are. */
export interface RawRecord {
  line: number
  element?: number
  /** What its batch says of all calls. */
  context?: unknown
  /** Undefined if there are more than `MAX_RECORD_BYTES`. */
  bytes: Buffer | undefined
}

/** Throws at bytes that are not UTF-8, so that two names never become the same one; skips a byte-order mark. */
const UTF8 = new TextDecoder('utf-8', { fatal: true })

/** A call, or what is wrong with it in words that follow the line's number. */
export type ParsedRecord = { call: SegmentEvent } | { problem: string }

/**
 * Reads one line, or one element of a list.
 *
 * @returns the call, or those of a batch with the batch's context under their own; none for a blank line.
 * @see https://segment.com/docs/connections/sources/catalog/libraries/server/http-api/#batch
 */
export function parseRecord({ bytes, context }: RawRecord): ParsedRecord[] {
  if (bytes === undefined) return [{ problem: `is longer than ${MAX_RECORD_BYTES / 1024 ** 2} MiB` }]
  let text: string
  try {
    text = UTF8.decode(bytes)
  } catch {
    return [{ problem: 'is not UTF-8 text' }]
  }
  if (text.trim() === '') return []
  let record: unknown
  try {
    record = JSON.parse(text)
  } catch {
    return [{ problem: 'is not JSON' }]
  }
  const { type, batch, context: ofBatch } = Object(record) as { type?: unknown; batch?: unknown; context?: unknown }
  const isBatch = type === undefined && Array.isArray(batch)
  return isBatch ? batch.map((call) => parsedCall(call, ofBatch)) : [parsedCall(record, context)]
}

function parsedCall(call: unknown, ofBatch: unknown): ParsedRecord {
  if (typeof (Object(call) as { type?: unknown }).type !== 'string') {
    return { problem: 'is not a Segment call: it has no type' }
  }
  const { context, ...rest } = call as SegmentEvent
  if (!isPlainObject(ofBatch) || !(context === undefined || isPlainObject(context)))
    return { call: call as SegmentEvent }
  return { call: { ...rest, context: merge({}, ofBatch, context) } }
}
