import type { DestinationDefinition } from '@segment/actions-core'
import { SERVER } from '@tractionboard/contract'
import { uniq } from 'lodash'
import { CATALOG } from '../catalog'
import { mappingsTable, offeredMappingsTable } from '../markdown/mapping-tables'
import { bulletList, inlineCode } from '../markdown/syntax'
import { fillTemplate, readTemplate } from '../markdown/template'
import { joinWithAnd, pluralize } from '../text'
import { REGISTRY, TARGET } from './checkout'
import type { Files } from './source'

/** What the description is about. */
interface Contents {
  definition: DestinationDefinition<never>
  source: Files
  /** The metadata ID in the registry, if Segment has assigned it. */
  metadataId?: string
}

/** How a checkbox of upstream's template is filled in. */
interface ChecklistItem {
  /** Matches the text of the checkbox. */
  label: RegExp
  isDone: (contents: Contents) => boolean
  note: (contents: Contents) => string
}

const CHECKLIST: ChecklistItem[] = [
  {
    label: /unit tests/i,
    isDone: ({ source }) => testFiles(source).length > 0,
    note: ({ source }) => `${pluralize(testFiles(source).length, 'test file')} in the folder of the destination.`
  },
  {
    label: /end-to-end/i,
    isDone: () => false,
    note: () => 'Not with the local server of this repository, but with a stand-in for Tractionboard: see above.'
  },
  {
    label: /already live/i,
    isDone: () => false,
    note: () => `Not applicable: the destination is new. ${CATALOG.classic.name} is another one and does not change.`
  },
  {
    label: /field definitions/i,
    isDone: (contents) => settingsOf(contents).every(([, { type }]) => type === 'password'),
    note: (contents) =>
      settingsOf(contents)
        .map(([key, { type }]) => `${inlineCode(key)} is a ${inlineCode(type)}.`)
        .join(' ')
  },
  {
    label: /version/i,
    isDone: ({ source }) => source.has('versioning-info.ts'),
    note: () => `In ${inlineCode(`${TARGET}/versioning-info.ts`)}.`
  }
]

/** What replaces the explanation under a heading of the template. */
const SECTION_NOTES: { heading: RegExp; note: (contents: Contents) => string }[] = [
  { heading: /testing/i, note: describeTesting },
  { heading: /security/i, note: describeSecurity }
]

/**
 * The pull request description: upstream's template, filled in with what is true of the contribution.
 *
 * @param template upstream's `PULL_REQUEST_TEMPLATE.md`, if the checkout has one. Questions that only a person can answer
 *   stay open.
 */
export function pullRequestDescription(
  contents: Contents,
  template = `\n${readTemplate('pull-request-sections.md')}`
): string {
  const [, ...sections] = template.replaceAll(/<!--.*?-->/gs, '').split(/^(?=## )/m)
  return `${[introduction(contents), ...sections.map((section) => fillSection(section, contents))].join('\n\n')}\n`
}

function fillSection(section: string, contents: Contents): string {
  const [heading, ...paragraphs] = section.trim().split(/\n{2,}/)
  const note = SECTION_NOTES.find((candidate) => candidate.heading.test(heading))?.note
  // The template writes its explanations in italics.
  const isExplanation = (paragraph: string) => /^_.*_$/s.test(paragraph)
  return [
    heading,
    ...(note ? [note(contents)] : []),
    ...paragraphs
      .filter((paragraph) => !isExplanation(paragraph))
      .map((paragraph) => fillChecklist(paragraph, contents))
  ].join('\n\n')
}

function fillChecklist(paragraph: string, contents: Contents): string {
  return paragraph
    .split('\n')
    .map((line) => {
      const item = line.startsWith('- [ ]') ? CHECKLIST.find(({ label }) => label.test(line)) : undefined
      if (!item) return line
      return `${item.isDone(contents) ? line.replace('[ ]', '[x]') : line}\n  - ${item.note(contents)}`
    })
    .join('\n')
}

function introduction({ definition, source, metadataId }: Contents): string {
  const { name, slug = '', description = '' } = definition
  const actions = Object.values(definition.actions)
  const takesBatches = actions.every(({ performBatch }) => performBatch !== undefined)
  const titleOnly = (title: string) => title
  return fillTemplate(readTemplate('pull-request.md'), {
    name,
    slug,
    description,
    server: SERVER,
    registration: describeRegistration(metadataId),
    classicSlug: CATALOG.classic.slug,
    actionCount: pluralize(actions.length, 'action'),
    batches: takesBatches ? ', each for single events and for batches' : '',
    actions: bulletList(actions.map((action) => `**${action.title}**: ${action.description}`)),
    mappings: mappingsTable(definition, titleOnly),
    offeredMappings: offeredMappingsTable(definition, titleOnly),
    target: TARGET,
    packages: joinWithAnd(importedPackages(source, isCode).map(inlineCode))
  }).trimEnd()
}

const describeRegistration = (metadataId: string | undefined): string =>
  metadataId
    ? `It is registered with the metadata ID ${inlineCode(metadataId)}, which Segment assigned.`
    : `**To do before merging:** Segment assigns the metadata ID when it creates the destination. Put it into the commented-out line in ${inlineCode(REGISTRY)}, or run \`tractionboard contribute\` again with \`--metadata-id\`.`

function describeTesting({ source }: Contents): string {
  const tests = testFiles(source)
  const recordings = [...source.keys()].filter((path) => path.includes('__tests__/') && path.endsWith('.json'))
  if (tests.length === 0) return 'There are no unit tests yet.'
  const packages = importedPackages(source, isTest).map(inlineCode).join(', ')
  return [
    `The tests are in the destination's folder, in ${pluralize(tests.length, 'file')}. They import only ${packages}, and the destination itself.`,
    ...(recordings.length > 0
      ? [
          `They replay ${pluralize(recordings.length, 'recording')} of HTTP, made with a stand-in for Tractionboard that validates every request against the wire contract and responds as the contract says. No Tractionboard account was used, and the tests do not use the network.`
        ]
      : [])
  ].join(' ')
}

function describeSecurity(contents: Contents): string {
  const settings = joinWithAnd(settingsOf(contents).map(([key]) => inlineCode(key)))
  return `The settings are: ${settings}. The token goes only into the \`Authorization\` header. The recordings have no request headers, and the destination's own error messages contain neither the token nor what was sent.`
}

const settingsOf = ({ definition }: Contents) => Object.entries(definition.authentication?.fields ?? {})

const isTest = (path: string) => path.includes('__tests__/') && path.endsWith('.ts')
const isCode = (path: string) => !isTest(path) && path.endsWith('.ts')

const testFiles = (source: Files): string[] => [...source.keys()].filter((path) => path.endsWith('.test.ts'))

/** The names of the packages that some of the files import, sorted. */
export function importedPackages(source: Files, isIncluded: (path: string) => boolean): string[] {
  const names = [...source]
    .filter(([path]) => isIncluded(path))
    .flatMap(([, content]) => [...content.toString().matchAll(/(?:from|import|require\() ?'([^'.][^']*)'/g)])
    .map(([, name]) => name.split('/', name.startsWith('@') ? 2 : 1).join('/'))
  return uniq(names).sort()
}
