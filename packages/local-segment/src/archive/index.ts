import { createReadStream } from 'node:fs'
import { access, constants, stat } from 'node:fs/promises'
import type { SegmentEvent } from '@segment/actions-core'
import { errorMessage, ReadError } from '../errors'
import { peek } from './chunks'
import { splitElements } from './elements'
import { formatOf, HEAD_BYTES, isGzip } from './format'
import { gunzip } from './gunzip'
import { splitLines } from './lines'
import { parseRecord, type RawRecord } from './record'

export { MAX_RECORD_BYTES } from './record'

/** Where a call is in an archive. */
export interface SourceLocation {
  file: string
  /** Counted from 1. */
  line: number
  /** For the calls of a JSON array, which of its elements it is, counted from 1. */
  element?: number
}

/** One line of an archive, or one element of an array: a Segment call, or what is wrong with it. */
export type Entry = SourceLocation & ({ call: SegmentEvent } | { problem: string })

/** The name that stands for standard input, among files and in what is reported. */
export const STDIN = '-'

/**
 * How large the files are, so that a progress bar knows its end.
 *
 * @returns the sum in bytes, as they are stored; 0 for standard input.
 * @throws ReadError if one of them cannot be read, before anything is sent of the others.
 */
export async function sizeOf(files: string[]): Promise<number> {
  let bytes = 0
  for (const file of files.filter((file) => file !== STDIN)) {
    try {
      await access(file, constants.R_OK)
      const stats = await stat(file)
      if (stats.isDirectory()) throw new Error('it is a folder; name the files in it')
      bytes += stats.size
    } catch (error) {
      throw readError(file, error)
    }
  }
  return bytes
}

/**
 * Reads archives of Segment calls: newline-delimited JSON as in Segment's raw logs, a JSON array of calls, or a request
 * to Segment's batch API (`{"batch": [...]}`), one a line or over several; UTF-8, gzipped or not. Memory is bounded by
 * the largest call or batch of one line.
 *
 * @param files their names; `-` is standard input.
 * @param onBytes is told how many bytes were read, as they are stored.
 * @returns the calls in order, and what is wrong with lines that are no calls. Blank lines are passed over.
 * @throws ReadError if a file has another format, or cannot be read to its end. What comes before the damage is
 *   returned first.
 * @see https://segment.com/docs/connections/sources/catalog/libraries/server/http-api/#batch
 */
export async function* readArchives(
  files: string[],
  onBytes: (count: number) => void = () => {}
): AsyncGenerator<Entry> {
  for (const file of files) {
    let last: RawRecord | undefined
    try {
      for await (const records of recordsIn(file, onBytes)) {
        for (const record of records) {
          last = record
          const { line } = record
          const parsed = parseRecord(record)
          for (const [index, one] of parsed.entries()) {
            const element = record.element ?? (parsed.length > 1 ? index + 1 : undefined)
            yield element === undefined ? { file, line, ...one } : { file, line, element, ...one }
          }
        }
      }
    } catch (error) {
      throw readError(last === undefined ? file : `${file} after ${describeLast(last)}`, error)
    }
  }
}

async function* recordsIn(file: string, onBytes: (count: number) => void): AsyncGenerator<RawRecord[]> {
  const source = counted(file === STDIN ? process.stdin : createReadStream(file), onBytes)
  try {
    const stored = await peek(source, HEAD_BYTES)
    const { head, whole } = await peek(isGzip(stored.head) ? gunzip(stored.whole) : stored.whole, HEAD_BYTES)
    const format = formatOf(head)
    yield* format === 'lines' ? splitLines(whole) : splitElements(whole, format.listAfter)
  } finally {
    await source.return(undefined)
  }
}

async function* counted(chunks: AsyncIterable<Buffer>, onBytes: (count: number) => void): AsyncGenerator<Buffer> {
  for await (const chunk of chunks) {
    onBytes(chunk.length)
    yield chunk
  }
}

const describeLast = ({ line, element }: RawRecord) => (element === undefined ? `line ${line}` : `element ${element}`)

const readError = (file: string, error: unknown) => new ReadError(`Cannot read ${file}: ${errorMessage(error)}.`)
