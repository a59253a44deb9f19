import { errorMessage, ReadError } from '../errors'
import type { Archive } from './archive'
import { peek } from './chunks'
import { splitElements } from './elements'
import { formatOf, HEAD_BYTES, isGzip } from './format'
import { gunzip } from './gunzip'
import { splitLines } from './lines'
import { addEntries, type Entry, isOneEntry, type RawRecord } from './record'

export { type Archive, STDIN } from './archive'
export type { SourceLocation } from './location'
export { type Entry, MAX_RECORD_BYTES } from './record'

export interface ReadOptions {
  /** How many entries are passed over, without parsing them as far as that can be. */
  skip?: number
  /** Is told of each chunk how many bytes were read, as they are stored. */
  onBytes?: (count: number) => void
  /** Ends the reading with its reason. */
  signal?: AbortSignal
}

/**
 * Reads an archive of Segment calls: newline-delimited JSON as in Segment's raw logs, a JSON array of calls, or a request
 * to Segment's batch API (`{"batch": [...]}`), one a line or over several; UTF-8, gzipped or not. Memory is bounded by
 * the largest call or batch of one line.
 *
 * @returns the calls in order, and what is wrong with lines that are no calls; blank lines are passed over. They come in
 *   chunks, so that a reader waits once for many. No chunk is empty.
 * @throws ReadError if the archive has another format, or cannot be read to its end. What comes before the damage is
 *   returned first.
 * @see https://segment.com/docs/connections/sources/catalog/libraries/server/http-api/#batch
 */
export async function* readArchive(
  archive: Archive,
  { skip = 0, onBytes = () => {}, signal }: ReadOptions = {}
): AsyncGenerator<Entry[]> {
  const { name } = archive
  let last: RawRecord | undefined
  let remaining = skip
  try {
    for await (const records of recordsIn(archive.open(signal), onBytes)) {
      const entries: Entry[] = []
      for (const record of records) {
        last = record
        if (remaining > 0 && isOneEntry(record)) {
          remaining -= 1
          continue
        }
        addEntries(name, record, entries)
        if (remaining > 0) remaining -= entries.splice(0, remaining).length
      }
      if (entries.length > 0) yield entries
    }
  } catch (error) {
    signal?.throwIfAborted()
    throw readError(last === undefined ? name : `${name} after ${describeLast(last)}`, error)
  }
}

async function* recordsIn(
  stored: AsyncIterable<Buffer>,
  onBytes: (count: number) => void
): AsyncGenerator<RawRecord[]> {
  const source = counted(stored, onBytes)
  try {
    const start = await peek(source, HEAD_BYTES)
    const { head, whole } = await peek(isGzip(start.head) ? gunzip(start.whole) : start.whole, HEAD_BYTES)
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

/** The error for an archive that cannot be read, or not to its end. */
const readError = (name: string, error: unknown) =>
  error instanceof ReadError ? error : new ReadError(`Cannot read ${name}: ${errorMessage(error)}.`)
