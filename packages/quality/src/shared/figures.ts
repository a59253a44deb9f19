import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { format, resolveConfig } from 'prettier'

/** The folder of the figures. */
export const FIGURES = resolve(__dirname, '../../../../docs/quality')

/** The sections of `docs/quality.md`, in their order. */
export const SECTIONS = [
  'parity',
  'accounting',
  'chaos',
  'outcomes',
  'fuzz',
  'explain',
  'mutation',
  'speed',
  'replay',
  'kills',
  'security'
] as const

export interface Table {
  /** A sentence above the table. */
  caption?: string
  head: string[]
  rows: (string | number)[][]
}

/** The figures of one run: a section of `docs/quality.md`. */
export interface Section {
  id: (typeof SECTIONS)[number]
  title: string
  /** The command that measures again, such as `npm run bench`. */
  command: string
  seed?: number
  /** Versions besides those of Node and actions-core. */
  versions?: Record<string, string>
  /** Paragraphs, in Markdown. */
  text: string[]
  tables?: Table[]
}

/**
 * Writes the figures of a run to `docs/quality`, from which `npm run generate` makes `docs/quality.md`.
 *
 * A figure is a count, a seed, a version or a ratio of two measurements of one run, never a time: times depend on the
 * machine.
 */
export async function writeFigures(section: Section): Promise<void> {
  const versions = {
    Node: process.versions.node,
    'actions-core': pinnedVersion('@segment/actions-core'),
    ...section.versions
  }
  mkdirSync(FIGURES, { recursive: true })
  const file = join(FIGURES, `${section.id}.json`)
  const json = await format(JSON.stringify({ ...section, versions }), {
    ...(await resolveConfig(file)),
    parser: 'json'
  })
  writeFileSync(file, json)
  console.log(`Written: ${file}. Run \`npm run generate\` to bring docs/quality.md up to date.`)
}

/** The version of one of the destination's dependencies. */
function pinnedVersion(name: string): string {
  const file = resolve(__dirname, '../../../../packages/destination/package.json')
  return (JSON.parse(readFileSync(file, 'utf8')) as { dependencies: Record<string, string> }).dependencies[name]
}

/**
 * Reads options that are whole numbers from the command line, such as `--cases 1000 --seed 7`.
 *
 * @param defaults the default of each option.
 * @throws Error if a value is not a whole number.
 */
export function integerOptions<Name extends string>(defaults: Record<Name, number>): Record<Name, number> {
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

/** A count with thousands separators, such as `1,000`. */
export const formatCount = (count: number): string => count.toLocaleString('en-US')
