import { readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { gunzipSync } from 'node:zlib'
import type { SourceLocation } from './types'
import { asObject, compareStrings, type Fields } from './values'

/** A call and where it is in the archive. */
export interface Line extends SourceLocation {
  call: Fields
}

/** Reads archive files, gzipped or not, in the order of their names. */
export function readLines(files: string[]): { calls: Line[]; malformedLines: SourceLocation[] } {
  const calls: Line[] = []
  const malformedLines: SourceLocation[] = []
  for (const path of [...files].sort((one, other) => compareStrings(basename(one), basename(other)))) {
    linesOf(path).forEach((bytes, index) => {
      const location = { file: basename(path), line: index + 1 }
      const call = parse(bytes)
      if (call === 'blank') return
      if (call) calls.push({ ...location, call })
      else malformedLines.push(location)
    })
  }
  return { calls, malformedLines }
}

const GZIP = Buffer.from([0x1f, 0x8b])
const BYTE_ORDER_MARK = '\u00ef\u00bb\u00bf'

/** The lines of a file as bytes: Latin-1 has a character for every byte. */
function linesOf(path: string): Buffer[] {
  const file = readFileSync(path)
  const bytes = file.subarray(0, 2).equals(GZIP) ? gunzipSync(file) : file
  const text = bytes.toString('latin1')
  const lines = text.slice(text.startsWith(BYTE_ORDER_MARK) ? BYTE_ORDER_MARK.length : 0).split('\n')
  return lines.map((line) => Buffer.from(line, 'latin1'))
}

/** The call on a line, or undefined if it is not UTF-8, not a JSON object, or has no type. */
function parse(bytes: Buffer): Fields | 'blank' | undefined {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    if (text.trim() === '') return 'blank'
    const call = asObject(JSON.parse(text))
    return typeof call?.type === 'string' ? call : undefined
  } catch {
    return undefined
  }
}
