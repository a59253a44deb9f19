import { createReadStream } from 'node:fs'
import { access, constants, stat } from 'node:fs/promises'
import { pipeline, Readable } from 'node:stream'
import { createGunzip } from 'node:zlib'
import split2 from 'split2'
import type { SegmentEvent } from '@segment/actions-core'
import { errorMessage, ReadError } from './errors'

/** Where a call is in an archive. Lines are counted from 1. */
export interface SourceLocation {
  file: string
  line: number
}

/** One line of an archive: a Segment call, or what is wrong with the line. */
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
 * Reads archives of Segment calls: newline-delimited JSON, gzipped or not, as Segment's raw logs are.
 *
 * @param files their names; `-` is standard input.
 * @param onBytes is told how many bytes were read, as they are stored.
 * @returns the lines in order. Blank lines are passed over.
 * @throws ReadError if a file cannot be read to its end.
 */
export async function* readArchives(
  files: string[],
  onBytes: (count: number) => void = () => {}
): AsyncGenerator<Entry> {
  for (const file of files) {
    const source: Readable = file === STDIN ? process.stdin : createReadStream(file)
    yield* readLines(file, counted(source, onBytes))
  }
}

async function* counted(source: Readable, onBytes: (count: number) => void): AsyncGenerator<Buffer> {
  for await (const chunk of source as AsyncIterable<Buffer>) {
    onBytes(chunk.length)
    yield chunk
  }
}

async function* readLines(file: string, chunks: AsyncGenerator<Buffer>): AsyncGenerator<Entry> {
  let line = 0
  try {
    for await (const text of await linesOf(chunks)) {
      line += 1
      if (text.trim()) yield { file, line, ...parseLine(text) }
    }
  } catch (error) {
    throw readError(line > 0 ? `${file} after line ${line}` : file, error)
  }
}

const GZIP_MAGIC = [0x1f, 0x8b]

/** Tells gzip by its first bytes, because standard input has no name to tell it by. */
async function linesOf(chunks: AsyncGenerator<Buffer>): Promise<AsyncIterable<string>> {
  const first = await chunks.next()
  const isGzip = !first.done && GZIP_MAGIC.every((byte, index) => first.value[index] === byte)
  const whole = Readable.from(first.done ? [] : startingWith(first.value, chunks))
  const lines = split2()
  // A failure of any stage reaches the reader of the lines, which tells it with the file's name.
  if (isGzip) pipeline(whole, createGunzip(), lines, () => {})
  else pipeline(whole, lines, () => {})
  return lines
}

async function* startingWith<T>(first: T, rest: AsyncGenerator<T>): AsyncGenerator<T> {
  yield first
  yield* rest
}

function parseLine(text: string): { call: SegmentEvent } | { problem: string } {
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

const readError = (file: string, error: unknown) => new ReadError(`Cannot read ${file}: ${errorMessage(error)}.`)
