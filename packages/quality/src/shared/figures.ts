import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { format, resolveConfig } from 'prettier'

/** Where each run writes its figures. */
export const FIGURES = resolve(__dirname, '../../../../docs/quality')

/** The sections of `docs/quality.md`, in their order. */
export const SECTIONS = ['parity', 'accounting', 'chaos', 'outcomes', 'fuzz', 'mutation', 'speed', 'security'] as const

/** Figures in rows. */
export interface Table {
  /** A sentence above the table. */
  caption?: string
  head: string[]
  rows: (string | number)[][]
}

/** What a run found. */
export interface Section {
  id: (typeof SECTIONS)[number]
  title: string
  /** What makes the figures anew, such as `npm run bench`. */
  command: string
  seed?: number
  /** Versions that matter beside those of Node and actions-core. */
  versions?: Record<string, string>
  /** Paragraphs, in Markdown. */
  text: string[]
  tables?: Table[]
}

/**
 * Writes the figures of a run to `docs/quality`, from which `npm run generate` makes `docs/quality.md`.
 *
 * A figure is a count, a seed, a version or a ratio of two things measured in the same run: never a time, which only
 * says something about the machine.
 */
export async function record(section: Section): Promise<void> {
  const versions = { Node: process.versions.node, 'actions-core': pinned('@segment/actions-core'), ...section.versions }
  mkdirSync(FIGURES, { recursive: true })
  const file = join(FIGURES, `${section.id}.json`)
  const json = await format(JSON.stringify({ ...section, versions }), {
    ...(await resolveConfig(file)),
    parser: 'json'
  })
  writeFileSync(file, json)
  console.log(`Written: ${file}. Run \`npm run generate\` to bring docs/quality.md up to date.`)
}

/** The version of a package that the destination is built with. */
function pinned(name: string): string {
  const file = resolve(__dirname, '../../../../packages/destination/package.json')
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
