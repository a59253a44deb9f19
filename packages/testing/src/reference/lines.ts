import { readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { gunzipSync } from 'node:zlib'
import type { Place } from './types'

/** What a JSON object holds. */
export type Fields = Record<string, unknown>

/** A call, and the line it stands on. */
export interface Line extends Place {
  call: Fields
}

/** Reads archive files, by name and then line by line. */
export function readLines(files: string[]): { calls: Line[]; broken: Place[] } {
  const calls: Line[] = []
  const broken: Place[] = []
  for (const path of [...files].sort((one, other) => compare(basename(one), basename(other)))) {
    const texts = gunzipSync(readFileSync(path)).toString('utf8').split('\n')
    texts.forEach((text, index) => {
      if (text.trim() === '') return
      const place = { file: basename(path), line: index + 1 }
      const call = parse(text)
      if (call) calls.push({ ...place, call })
      else broken.push(place)
    })
  }
  return { calls, broken }
}

function parse(text: string): Fields | undefined {
  try {
    return fields(JSON.parse(text))
  } catch {
    return undefined
  }
}

/** The value if it is a JSON object. */
export const fields = (value: unknown): Fields | undefined =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : undefined

/** The value at a path such as `context.page.url`, or undefined. */
export const at = (call: Fields, path: string): unknown =>
  path.split('.').reduce<unknown>((value, key) => fields(value)?.[key], call)

/** The value at a path if it is text with something on it: an id that is blank is no id. */
export function text(call: Fields, path: string): string | undefined {
  const value = at(call, path)
  return typeof value === 'string' && value.trim() !== '' ? value : undefined
}

/** Orders by code units, the same on every machine. */
export const compare = (one: string, other: string) => (one < other ? -1 : one > other ? 1 : 0)
