import type { SegmentEvent } from '@segment/actions-core'
import type { SourceLocation } from './archive/location'

/** A call that was rejected, or given up: what is written down of it, so that it can be replayed once the cause is fixed. */
export interface DeadLetter extends SourceLocation {
  action: string
  reason: string
  /** Whether it might still be accepted, but every attempt was used up. */
  retriesExhausted: boolean
  call: SegmentEvent
}

/** The first member of a record, by which it is recognized. Its value says which ledger wrote it. */
const MARK = 'deadLetter'

/**
 * The line of a dead letter in a file, with its line break.
 *
 * @param writer the ledger that writes it, so that it knows its own lines again.
 */
export function formatDeadLetter(letter: DeadLetter, writer: string): string {
  const { file, line, element, action, reason, retriesExhausted, call } = letter
  const record = { [MARK]: writer, file, line, element, action, reason, retriesExhausted }
  try {
    return `${JSON.stringify({ ...record, call })}\n`
  } catch {
    // It is nested too deeply to be written as JSON. The record says where it is.
    return `${JSON.stringify(record)}\n`
  }
}

/**
 * Recognizes a dead letter.
 *
 * @param value a JSON value of an archive.
 * @returns the call that it is about, or what is wrong with it; undefined if it is no dead letter.
 */
export function parseDeadLetter(value: unknown): { call: unknown } | { problem: string } | undefined {
  const record = Object(value) as Record<string, unknown>
  if (typeof record[MARK] !== 'string' || 'type' in record) return undefined
  if ('call' in record) return { call: record.call }
  return { problem: `is a dead letter without its call: it is in ${String(record.file)}, line ${String(record.line)}` }
}

/** How each line begins that a ledger has written. */
export const deadLetterStart = (writer: string): string => JSON.stringify({ [MARK]: writer }).slice(0, -1)
