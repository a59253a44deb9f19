import type { DestinationDefinition } from '@segment/actions-core'
import { SERVER } from '@tractionboard/contract'
import { countBy, sum } from 'lodash'
import { CATALOG } from '../catalog'
import { destinationFiles } from '../generate/destination-files'
import { inlineCode } from '../markdown/syntax'
import { fillTemplate, readTemplate } from '../markdown/template'
import { formatNumber, joinWithAnd, pluralize } from '../text'
import { REGISTRY, TARGET } from './checkout'
import type { Files } from './source'
import type { Verification } from './verify/record'

/** What the description is about. */
interface Contents {
  definition: DestinationDefinition<never>
  source: Files
  /** The metadata ID in the registry, if Segment has assigned it. */
  metadataId?: string
  /** The run of upstream's gates that proved this source, if there was one. */
  verification?: Verification
}

/** How a checkbox of upstream's template is filled in. */
interface ChecklistItem {
  /** Matches the text of the checkbox. */
  label: RegExp
  isDone: (contents: Contents) => boolean
  note: (contents: Contents) => string
}

/** The boxes that are not for Segment's own people. The text of each stays: a job of upstream's reads that of the settings. */
const CHECKLIST: ChecklistItem[] = [
  {
    label: /unit tests/i,
    isDone: ({ source }) => testFiles(source).length > 0,
    note: ({ source }) => `${pluralize(testFiles(source).length, 'file')} in the folder of the destination.`
  },
  {
    label: /end-to-end/i,
    isDone: ({ verification }) => verification !== undefined,
    note: ({ verification }) => (verification ? describeVerification(verification) : 'Not yet.')
  },
  {
    label: /already live/i,
    isDone: () => false,
    note: () => 'Not applicable: the destination is new, and the classic one does not change.'
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
    note: () => `In ${inlineCode('versioning-info.ts')}.`
  }
]

/** The title of the pull request, as upstream writes that of a new destination. */
export const pullRequestTitle = ({ mode }: DestinationDefinition<never>): string =>
  `[${CATALOG.company}] - new ${mode}-mode destination`

/**
 * The pull request description: upstream's template, filled in with what is true of the contribution.
 *
 * @param template upstream's `PULL_REQUEST_TEMPLATE.md`, if the checkout has one. Boxes that only a person can tick stay
 *   open.
 */
export function pullRequestDescription(contents: Contents, template = ''): string {
  const [, ...sections] = template.replaceAll(/<!--.*?-->/gs, '').split(/^(?=## )/m)
  return `${[introduction(contents), ...sections.map((section) => fillSection(section, contents))].join('\n\n')}\n`
}

/** Fills in a section, and leaves out its explanations, which the template writes in italics. */
function fillSection(section: string, contents: Contents): string {
  const isExplanation = (paragraph: string) => /^_.*_$/s.test(paragraph)
  return section
    .trim()
    .split(/\n{2,}/)
    .filter((paragraph) => !isExplanation(paragraph))
    .map((paragraph) => fillChecklist(paragraph, contents))
    .join('\n\n')
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

function introduction(contents: Contents): string {
  const { definition, source, metadataId } = contents
  const { name, slug = '', description = '' } = definition
  const actions = Object.values(definition.actions)
  const takesBatches = actions.every(({ performBatch }) => performBatch !== undefined)
  const { automatic = 0, specificEvent = 0 } = countBy(definition.presets, 'type')
  return fillTemplate(readTemplate('pull-request.md'), {
    title: pullRequestTitle(definition),
    name,
    slug,
    description,
    server: SERVER,
    registration: describeRegistration(metadataId),
    classicSlug: CATALOG.classic.slug,
    actionCount: pluralize(actions.length, 'action'),
    batches: takesBatches ? ', each for single events and for batches' : '',
    presets: pluralize(automatic, 'automatic preset'),
    specificCount: formatNumber(specificEvent),
    recordings: describeRecordings(source),
    target: TARGET,
    size: describeSize(contents)
  }).trimEnd()
}

const describeRegistration = (metadataId: string | undefined): string =>
  metadataId
    ? `It is registered with the metadata ID ${inlineCode(metadataId)}, which Segment assigned.`
    : `It has no metadata ID yet, so ${inlineCode(REGISTRY)} is not changed: please register it when you create the destination.`

function describeVerification({ node, commit, passed, notRun }: Verification): string {
  return [
    `On Node ${node}, in a checkout at ${commit}: ${joinWithAnd(passed)} passed.`,
    ...(notRun.length > 0 ? [`Not run: ${joinWithAnd(notRun)}.`] : []),
    'The local server got one event and one batch for each action, a check of the token and a deletion; a stand-in for Tractionboard then had each event exactly once.'
  ].join(' ')
}

const settingsOf = ({ definition }: Contents) => Object.entries(definition.authentication?.fields ?? {})

const isRecording = (path: string) => /__tests__\/.*\.json$/.test(path)
const isSnapshot = (path: string) => path.endsWith('.snap')

function describeRecordings(source: Files): string {
  const count = [...source.keys()].filter(isRecording).length
  return `${pluralize(count, 'recording')} of HTTP ${count === 1 ? 'is' : 'are'}`
}

const testFiles = (source: Files): string[] => [...source.keys()].filter((path) => path.endsWith('.test.ts'))

/** The kinds of files by which a reviewer sees how much there is to read. */
const KINDS: { name: string; includes: (path: string, generated: string[]) => boolean }[] = [
  { name: 'generated', includes: (path, generated) => generated.includes(path) },
  { name: 'of recordings and snapshots', includes: (path) => isRecording(path) || isSnapshot(path) },
  { name: 'of tests', includes: (path) => path.includes('__tests__/') },
  { name: 'of code', includes: () => true }
]

function describeSize({ definition, source }: Contents): string {
  const generated = Object.keys(destinationFiles(definition))
  const lines = [...source].map(([path, content]) => ({
    kind: KINDS.find(({ includes }) => includes(path, generated)),
    count: content.toString().split('\n').length - 1
  }))
  return [...KINDS]
    .reverse()
    .map(
      (kind) =>
        `${formatNumber(sum(lines.filter((line) => line.kind === kind).map(({ count }) => count)))} ${kind.name}`
    )
    .join(', ')
}
