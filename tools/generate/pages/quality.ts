import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { format, resolveConfig } from 'prettier'
import { table } from '../../../packages/cli/src/markdown/syntax'
import { FIGURES, SECTIONS, type Section, type Table } from '../../../packages/quality/src/shared/figures'

const INTRODUCTION = `# Quality

What is claimed of the destination, and the runs that measured it. Each run writes its own figures; this page is generated
from them. A seed makes a run repeatable. Speeds are ratios of two things measured side by side in one run, because a time
says more about the machine than about the code.`

/** The one section without a run of its own: the test suite covers it. */
const OUTCOMES: Section = {
  id: 'outcomes',
  title: 'Every outcome',
  command: 'npx jest packages/destination/src/__tests__/outcomes.test.ts',
  text: [
    'The table in `packages/destination/src/outcomes.ts` decides what follows from every response. The test goes through the table row by row, for a single event and in a batch, so a row without a test is a failure.'
  ]
}

const pathOf = (id: string) => join(FIGURES, `${id}.json`)

function sections(): Section[] {
  const written = SECTIONS.filter((id) => existsSync(pathOf(id)))
  const read = written.map((id) => JSON.parse(readFileSync(pathOf(id), 'utf8')) as Section)
  return [...read, OUTCOMES].sort((a, b) => SECTIONS.indexOf(a.id) - SECTIONS.indexOf(b.id))
}

const renderTable = ({ caption, head, rows }: Table): string =>
  [
    ...(caption ? [caption] : []),
    table(
      head,
      rows.map((row) => row.map(String))
    )
  ].join('\n\n')

const details = ({ command, seed, versions = {} }: Section) =>
  [
    `\`${command}\``,
    ...(seed === undefined ? [] : [`seed ${seed}`]),
    ...Object.entries(versions).map(([name, version]) => `${name} ${version}`)
  ].join(', ')

const render = (section: Section) =>
  [`## ${section.title}`, details(section), ...section.text, ...(section.tables ?? []).map(renderTable)].join('\n\n')

/** `docs/quality.md`, from the figures that exist. */
export async function qualityPage(): Promise<string> {
  const markdown = [INTRODUCTION, ...sections().map(render)].join('\n\n')
  return format(markdown, { ...(await resolveConfig(__filename)), parser: 'markdown' })
}
