import { readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { gunzipSync } from 'node:zlib'
import type { SourceLocation } from './types'

/** A JSON object. */
export type Fields = Record<string, unknown>

/** A call and where it is in the archive. */
export interface Line extends SourceLocation {
  call: Fields
}

/** Reads archive files in the order of their names. */
export function readLines(files: string[]): { calls: Line[]; malformedLines: SourceLocation[] } {
  const calls: Line[] = []
  const malformedLines: SourceLocation[] = []
  for (const path of [...files].sort((one, other) => compareStrings(basename(one), basename(other)))) {
    const texts = gunzipSync(readFileSync(path)).toString('utf8').split('\n')
    texts.forEach((text, index) => {
      if (text.trim() === '') return
      const location = { file: basename(path), line: index + 1 }
      const call = parse(text)
      if (call) calls.push({ ...location, call })
      else malformedLines.push(location)
    })
  }
  return { calls, malformedLines }
}

function parse(text: string): Fields | undefined {
  try {
    return asObject(JSON.parse(text))
  } catch {
    return undefined
  }
}

/** The value if it is a JSON object, or undefined. */
export const asObject = (value: unknown): Fields | undefined =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : undefined

/** The value at a path such as `context.page.url`, or undefined. */
export const valueAt = (call: Fields, path: string): unknown =>
  path.split('.').reduce<unknown>((value, key) => asObject(value)?.[key], call)

/** The value at a path if it is a string that is not blank, or undefined: a blank id is no id. */
export function nonBlank(call: Fields, path: string): string | undefined {
  const value = valueAt(call, path)
  return typeof value === 'string' && value.trim() !== '' ? value : undefined
}

/** Orders strings by code units, the same on every machine. */
export const compareStrings = (one: string, other: string) => (one < other ? -1 : one > other ? 1 : 0)
