import { parseJson } from './json'

/** One call a line, or the elements of one list, which begins after these bytes. */
export type Format = 'lines' | { listAfter: Buffer }

/** How many bytes of a file tell its format: more than a batch on one line may have, which is 500 KB. */
export const HEAD_BYTES = 1024 * 1024

const GZIP_MAGIC = [0x1f, 0x8b]

/** How files begin that are not read, and what to do with each. */
const UNREADABLE: { magic: number[]; problem: string }[] = [
  { magic: [0x50, 0x4b, 0x03, 0x04], problem: 'it is a ZIP archive; unpack it, and name the files in it' },
  { magic: [0x28, 0xb5, 0x2f, 0xfd], problem: 'it is compressed with Zstandard; decompress it first (zstd -d)' },
  { magic: [0x42, 0x5a, 0x68], problem: 'it is compressed with bzip2; decompress it first (bunzip2)' },
  { magic: [0xfd, 0x37, 0x7a, 0x58, 0x5a], problem: 'it is compressed with xz; decompress it first (unxz)' },
  ...[
    // Byte-order marks, and the first characters of JSON where there is none.
    [0xff, 0xfe],
    [0xfe, 0xff],
    [0x7b, 0],
    [0, 0x7b],
    [0x5b, 0],
    [0, 0x5b]
  ].map((magic) => ({ magic, problem: 'it is UTF-16 text; save it as UTF-8' }))
]

const startsWith = (head: Buffer, magic: number[]) => magic.every((byte, index) => head[index] === byte)

/** Whether a file that begins like this is gzipped. Standard input has no name to tell it by. */
export const isGzip = (head: Buffer): boolean => startsWith(head, GZIP_MAGIC)

/** The beginning of an array. */
const ARRAY = /^\uFEFF?\s*\[/

/** The beginning of a batch. Before its calls it may have texts, numbers, words, and objects without further objects. */
const BATCH = /^\uFEFF?\s*\{(?:\s*"\w+"\s*:\s*(?:"[^"]*"|[\w.+-]+|\{[^{}]*\})\s*,)*\s*"batch"\s*:\s*\[/

/** A name, a separator and another name. */
const CSV_HEADER = /^"?[A-Za-z_][\w .$-]*"?[,;\t]"?[A-Za-z_]/

/**
 * Tells how the calls of a file are written.
 *
 * @param head the first bytes of the file, decompressed.
 * @throws Error if the format is one that cannot be read; the message says which it is, and what to do.
 */
export function formatOf(head: Buffer): Format {
  const unreadable = UNREADABLE.find(({ magic }) => startsWith(head, magic))
  if (unreadable) throw new Error(unreadable.problem)

  const text = head.toString()
  const [beforeList] = ARRAY.exec(text) ?? batchOverLines(text) ?? []
  if (beforeList !== undefined) return { listAfter: head.subarray(0, Buffer.byteLength(beforeList)) }

  const [first, second = ''] = trimmed(text).split(/\s*\n\s*/, 2)
  if (first === '{' && second.startsWith('"')) {
    throw new Error('it is JSON over several lines; write each call on one line (jq -c .)')
  }
  if (CSV_HEADER.test(first) && !second.startsWith('{')) {
    throw new Error('it looks like CSV; export the calls as JSON, one a line')
  }
  return 'lines'
}

const trimmed = (text: string) => text.replace(/^\uFEFF/, '').trimStart()

/** A batch on one line is read as a line. */
function batchOverLines(text: string): RegExpExecArray | null {
  const batch = BATCH.exec(text)
  return batch && parseJson(trimmed(text).split('\n', 1)[0]) === undefined ? batch : null
}
