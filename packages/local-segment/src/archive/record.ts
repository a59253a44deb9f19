import type { SegmentEvent } from '@segment/actions-core'
import { isPlainObject, merge } from 'lodash'
import { parseDeadLetter } from '../dead-letters'
import type { SourceLocation } from './location'

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

/**
 * One line of an archive, or one element of an array: a Segment call and how long its JSON is, or what is wrong with it in
 * words that follow its location.
 */
export type Entry = SourceLocation & ({ call: SegmentEvent; bytes: number } | { problem: string })

/** Throws at bytes that are not UTF-8, so that two names never become the same one; skips a byte-order mark. */
const UTF8 = new TextDecoder('utf-8', { fatal: true })

/**
 * Reads one line, or one element of a list.
 *
 * @param file the name of the archive.
 * @param record what is read.
 * @param entries where the call is added, or that of a dead letter, or each call of a batch with the batch's context under
 *   its own; nothing is added for a blank line.
 * @see https://segment.com/docs/connections/sources/catalog/libraries/server/http-api/#batch
 */
export function addEntries(file: string, record: RawRecord, entries: Entry[]): void {
  const { line, element, bytes, context } = record
  const at: SourceLocation = element === undefined ? { file, line } : { file, line, element }
  const addProblem = (problem: string) => void entries.push({ ...at, problem })

  if (bytes === undefined) return addProblem(`is longer than ${MAX_RECORD_BYTES / 1024 ** 2} MiB`)
  let text: string
  try {
    text = UTF8.decode(bytes)
  } catch {
    return addProblem('is not UTF-8 text')
  }
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    if (text.trim() !== '') addProblem('is not JSON')
    else if (element !== undefined) addProblem('is empty')
    return
  }
  const { type, batch, context: ofBatch } = Object(value) as { type?: unknown; batch?: unknown; context?: unknown }
  const letter = type === undefined ? parseDeadLetter(value) : undefined
  if (letter) {
    entries.push('problem' in letter ? { ...at, ...letter } : entryOf(at, letter.call, bytes.length))
  } else if (type !== undefined || !Array.isArray(batch)) {
    entries.push(entryOf(at, value, bytes.length, context))
  } else {
    const isNamed = element === undefined && batch.length > 1
    const length = Math.ceil(bytes.length / batch.length)
    batch.forEach((call, index) => {
      entries.push(entryOf(isNamed ? { ...at, element: index + 1 } : at, call, length, ofBatch))
    })
  }
}

function entryOf(at: SourceLocation, value: unknown, bytes: number, ofBatch?: unknown): Entry {
  if (typeof (Object(value) as { type?: unknown }).type !== 'string') {
    return { ...at, problem: 'is not a Segment call: it has no type' }
  }
  const call = value as SegmentEvent
  // Member by member: a spread of the place would take as long as all the rest.
  const { file, line, element } = at
  return { file, line, element, call: ofBatch === undefined ? call : withContext(call, ofBatch), bytes }
}

/** A call with what its batch says of all calls under its own context, if both are objects. */
function withContext(call: SegmentEvent, ofBatch: unknown): SegmentEvent {
  const { context } = call
  if (!isPlainObject(ofBatch) || !(context === undefined || isPlainObject(context))) return call
  return { ...call, context: merge({}, ofBatch, context) }
}

const ASCII = { space: 0x20, last: 0x7f }

/**
 * Whether a line or an element is certainly one entry, a call or a malformed one. It is told without parsing, so a
 * blank line, and one that may be a batch, are not certain.
 */
export function isOneEntry({ bytes, element }: RawRecord): boolean {
  if (bytes === undefined) return true
  const isBlank = element === undefined && !(bytes[0] > ASCII.space && bytes[0] <= ASCII.last)
  // The name of a member may be written with escapes: "\u0062atch".
  return !isBlank && !bytes.includes('"batch"') && !bytes.includes('\\u00')
}
