import { SERVER } from '@tractionboard/contract'
import type { DestinationDefinition } from '@segment/actions-core'
import { CATALOG } from '../catalog'
import { mappingsTable, offeredMappingsTable } from '../docs/mappings'
import { code, counted, listed } from '../docs/markdown'
import { REGISTRY, TARGET } from './checkout'
import type { Files } from './source'

/** What a description says, and takes from what is contributed. */
interface Facts {
  definition: DestinationDefinition<never>
  source: Files
  /** The metadata ID in the registry, if Segment has assigned it. */
  metadataId?: string
}

/** What is filled in for a checkbox of upstream's template. */
interface Answer {
  /** What the checkbox is about. */
  about: RegExp
  isDone: (facts: Facts) => boolean
  note: (facts: Facts) => string
}

/** Stands in where a checkout has no template. */
const PLAIN_TEMPLATE = `
## Testing

_How it was tested._

- [ ] Added unit tests
- [ ] Tested end-to-end with the local server

## Security Review

_How secrets are kept._

- [ ] Reviewed all field definitions

## New Destination Checklist

- [ ] Extracted the API version
`

const ANSWERS: Answer[] = [
  {
    about: /unit tests/i,
    isDone: ({ source }) => testsIn(source).length > 0,
    note: ({ source }) => `${counted(testsIn(source).length, 'test file')} in the folder of the destination.`
  },
  {
    about: /end-to-end/i,
    isDone: () => false,
    note: () => 'Not with the local server of this repository, but with a stand-in of Tractionboard: see above.'
  },
  {
    about: /already live/i,
    isDone: () => false,
    note: () => `Not applicable: the destination is new. ${CATALOG.classic.name} is another one and stays as it is.`
  },
  {
    about: /field definitions/i,
    isDone: (facts) => settingsOf(facts).every(([, { type }]) => type === 'password'),
    note: (facts) =>
      settingsOf(facts)
        .map(([key, { type }]) => `${code(key)} is a ${code(type)}.`)
        .join(' ')
  },
  {
    about: /version/i,
    isDone: ({ source }) => source.has('versioning-info.ts'),
    note: () => `In ${code(`${TARGET}/versioning-info.ts`)}.`
  }
]

/** What is filled in under a heading of the template, in the place of what it says there. */
const NOTES: [heading: RegExp, note: (facts: Facts) => string][] = [
  [/testing/i, testing],
  [/security/i, security]
]

/**
 * The description of the pull request: upstream's template, filled in with what is true of what is contributed.
 *
 * @param template upstream's `PULL_REQUEST_TEMPLATE.md`, if the checkout has one. What it asks and nobody here can answer
 *   stays open.
 */
export function pullRequestDescription(facts: Facts, template = PLAIN_TEMPLATE): string {
  const [, ...sections] = template.replaceAll(/<!--.*?-->/gs, '').split(/^(?=## )/m)
  return `${[about(facts), ...sections.map((section) => filled(section, facts))].join('\n\n')}\n`
}

function filled(section: string, facts: Facts): string {
  const [heading, ...paragraphs] = section.trim().split(/\n{2,}/)
  const note = NOTES.find(([about]) => about.test(heading))?.[1]
  // What the template explains, it explains in italics.
  const isExplanation = (paragraph: string) => /^_.*_$/s.test(paragraph)
  return [
    heading,
    ...(note ? [note(facts)] : []),
    ...paragraphs.filter((paragraph) => !isExplanation(paragraph)).map((paragraph) => answered(paragraph, facts))
  ].join('\n\n')
}

function answered(paragraph: string, facts: Facts): string {
  return paragraph
    .split('\n')
    .map((line) => {
      const answer = line.startsWith('- [ ]') ? ANSWERS.find(({ about }) => about.test(line)) : undefined
      if (!answer) return line
      return `${answer.isDone(facts) ? line.replace('[ ]', '[x]') : line}\n  - ${answer.note(facts)}`
    })
    .join('\n')
}

function about({ definition, source, metadataId }: Facts): string {
  const { name, slug = '', description = '', actions } = definition
  const isAllInBatches = Object.values(actions).every(({ performBatch }) => performBatch !== undefined)
  const todo = `**To do before merging:** Segment assigns the metadata ID when it creates the destination. Put it into the commented-out line in ${code(REGISTRY)}, or run \`tractionboard contribute\` again with \`--metadata-id\`.`
  return `Adds the destination **${name}** (${code(slug)}). ${description}

**To be confirmed by Tractionboard:** the address \`${SERVER}\` and the wire contract. Tractionboard publishes no API reference, and nobody has run this against the real API.

${metadataId ? `It is registered with the metadata ID ${code(metadataId)}, which Segment assigned.` : todo}

There is a classic destination, ${code(CATALOG.classic.slug)}, which this one can replace. This one has ${counted(Object.keys(actions).length, 'action')}${isAllInBatches ? ', each for single events and for batches' : ''}:

${Object.values(actions)
  .map((action) => `- **${action.title}**: ${action.description}`)
  .join('\n')}

A customer who enters the settings has these presets, and no call is in two of them:

${mappingsTable(definition, (title) => title)}

Linked audiences and journeys are offered these:

${offeredMappingsTable(definition, (title) => title)}

For the review:

- Everything is in ${code(TARGET)}; beside it, only the registry changes. No dependency is added: the code imports ${listed(packagesIn(source, isCode).map(code))}.
- Tractionboard publishes no API reference. The destination follows a wire contract of its authors' own; ${code('wire-types.ts')} and ${code('wire-constants.ts')} are generated from it. Only ${code('api.ts')} makes requests, and only ${code('responses.ts')} reads responses.
- Every event carries Segment's messageId. Tractionboard knows an event by its type and this ID together, so that retries and replays are never counted twice.
- ${code('outcomes.ts')} is the table of what becomes of an event, and decides what is retried.`
}

function testing({ source }: Facts): string {
  const tests = testsIn(source)
  const recordings = [...source.keys()].filter((path) => path.includes('__tests__/') && path.endsWith('.json'))
  if (tests.length === 0) return 'There are no unit tests yet.'
  const recorded = `They replay ${counted(recordings.length, 'recording')} of HTTP, made with a stand-in of Tractionboard that checks every request against the wire contract and answers as the contract says. No account of Tractionboard's was used, and nothing goes out to the network.`
  return [
    `The tests are in the destination's folder, in ${counted(tests.length, 'file')}. They import nothing but ${packagesIn(source, isTest).map(code).join(', ')} and the destination itself.`,
    ...(recordings.length > 0 ? [recorded] : [])
  ].join(' ')
}

function security(facts: Facts): string {
  const settings = listed(settingsOf(facts).map(([key]) => code(key)))
  return `The settings are: ${settings}. The token goes into the ${code('Authorization')} header and nowhere else. The recordings have no request headers, and the destination's own error messages repeat neither the token nor what was sent.`
}

const settingsOf = ({ definition }: Facts) => Object.entries(definition.authentication?.fields ?? {})

const isTest = (path: string) => path.includes('__tests__/') && path.endsWith('.ts')
const isCode = (path: string) => !isTest(path) && path.endsWith('.ts')

const testsIn = (source: Files): string[] => [...source.keys()].filter((path) => path.endsWith('.test.ts'))

/** The packages that files import, in the order of their names. */
export function packagesIn(source: Files, isMeant: (path: string) => boolean): string[] {
  const imports = [...source]
    .filter(([path]) => isMeant(path))
    .flatMap(([, text]) => [...text.toString().matchAll(/(?:from|import|require\() ?'([^'.][^']*)'/g)])
    .map(([, name]) => name.split('/', name.startsWith('@') ? 2 : 1).join('/'))
  return [...new Set(imports)].sort()
}
