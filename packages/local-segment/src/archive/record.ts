import type { SegmentEvent } from '@segment/actions-core'

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
  /** Undefined if there are more than `MAX_RECORD_BYTES`. */
  bytes: Buffer | undefined
}

/** Throws at bytes that are not UTF-8, so that two names never become the same one; skips a byte-order mark. */
const UTF8 = new TextDecoder('utf-8', { fatal: true })

/**
 * Reads one call.
 *
 * @returns the call, or what is wrong in words that follow the line's number, or undefined for a blank line.
 */
export function parseRecord({ bytes }: RawRecord): { call: SegmentEvent } | { problem: string } | undefined {
  if (bytes === undefined) return { problem: `is longer than ${MAX_RECORD_BYTES / 1024 ** 2} MiB` }
  let text: string
  try {
    text = UTF8.decode(bytes)
  } catch {
    return { problem: 'is not UTF-8 text' }
  }
  if (text.trim() === '') return undefined
  let call: unknown
  try {
    call = JSON.parse(text)
  } catch {
    return { problem: 'is not JSON' }
  }
  const type = (call as { type?: unknown } | null)?.type
  return typeof type === 'string'
    ? { call: call as SegmentEvent }
    : { problem: 'is not a Segment call: it has no type' }
}
