import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { format, resolveConfig } from 'prettier'
import { headingLink, table } from '../../../packages/cli/src/markdown/syntax'
import { FIGURES, SECTIONS, type Section, type Table } from '../../../packages/quality/src/shared/figures'

const INTRODUCTION = `# Quality

What is claimed of the destination, and the runs that measured it. Each run writes its own figures; this page is generated
from them. A seed makes a run repeatable. Speeds are ratios of two things measured side by side in one run, because a time
says more about the machine than about the code.`

/** What each run is to show, and where its text says how far that was tried. */
const CLAIMS: Record<Section['id'], { claim: string; figure?: RegExp }> = {
  parity: { claim: 'An event has the same result alone and in a batch.', figure: /[\d,]+ calls/ },
  accounting: { claim: 'Every event has exactly one verdict, whatever the response.', figure: /[\d,]+ events/ },
  chaos: {
    claim: 'With faults and retries, the panel is as the reference has it.',
    figure: /[\d,]+ seeds of [\d,]+ calls/
  },
  outcomes: { claim: 'Every row of the table of outcomes is tested.' },
  fuzz: { claim: 'Whatever is sent to the sandbox, its response is what the contract says.', figure: /[\d,]+ cases/ },
  explain: { claim: "An explanation always agrees with Segment's own verdict.", figure: /[\d,]+ generated pairs/ },
  mutation: { claim: 'The tests notice when the code is wrong.', figure: /[\d.]+ %(?= of them)/ },
  speed: { claim: "Little of a batch's time is the destination's own.", figure: /[\d.]+ %(?= of it)/ },
  replay: { claim: 'A whole archive can be replayed, fast and in little memory.', figure: /[\d,]+ calls/ },
  kills: {
    claim: 'However often a replay is killed, each event arrives once and the totals are right.',
    figure: /SIGKILL [\d,]+ times/
  },
  security: { claim: 'No secret and no personal data is shown or logged.' }
}

/** The claims in a few lines, each with the figure that the text of its section has. */
const summary = (all: Section[]) =>
  table(
    ['Claim', 'Figure', 'Details'],
    all.map(({ id, title, text }) => {
      const { claim, figure } = CLAIMS[id]
      return [claim, (figure && figure.exec(text.join('\n'))?.[0]) ?? '', headingLink(title)]
    })
  )

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
  const all = sections()
  const markdown = [INTRODUCTION, summary(all), ...all.map(render)].join('\n\n')
  return format(markdown, { ...(await resolveConfig(__filename)), parser: 'markdown' })
}
