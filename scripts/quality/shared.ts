import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { format } from 'prettier'
import { STYLE } from '../style'
import { FIGURES, writeReport } from './report'
import type { Section } from './report'

export type { Section, Table } from './report'

/**
 * Writes the figures of a run to `docs/quality`, and the document anew.
 *
 * A figure is a count, a seed, a version or a ratio of two things measured in the same run: never a time, which only
 * says something about the machine.
 */
export async function record(section: Section): Promise<void> {
  const versions = { Node: process.versions.node, 'actions-core': pinned('@segment/actions-core'), ...section.versions }
  mkdirSync(FIGURES, { recursive: true })
  const json = await format(JSON.stringify({ ...section, versions }), { ...STYLE, parser: 'json' })
  writeFileSync(join(FIGURES, `${section.id}.json`), json)
  await writeReport()
}

/** The version of a package that the destination is built with. */
function pinned(name: string): string {
  const file = resolve(__dirname, '../../packages/destination/package.json')
  return (JSON.parse(readFileSync(file, 'utf8')) as { dependencies: Record<string, string> }).dependencies[name]
}

/**
 * The whole numbers given on the command line, such as `--cases 1000 --seed 7`.
 *
 * @param defaults the names that a run knows, and what each is if it is not given.
 */
export function numbers<Name extends string>(defaults: Record<Name, number>): Record<Name, number> {
  const names = Object.keys(defaults) as Name[]
  const options = Object.fromEntries(names.map((name) => [name, { type: 'string' as const }]))
  const { values } = parseArgs({ options, strict: false })
  return Object.fromEntries(names.map((name) => [name, wholeNumber(name, values[name], defaults[name])])) as Record<
    Name,
    number
  >
}

function wholeNumber(name: string, given: unknown, otherwise: number): number {
  if (given === undefined) return otherwise
  const value = Number(given)
  if (given === '' || !Number.isSafeInteger(value)) throw new Error(`--${name} takes a whole number.`)
  return value
}

/** A whole number with its thousands set apart, for texts and tables. */
export const counted = (count: number): string => count.toLocaleString('en-US')
