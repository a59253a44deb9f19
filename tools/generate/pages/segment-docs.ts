import type { DestinationDefinition } from '@segment/actions-core'
import { difference } from 'lodash'
import { CATALOG, docsPath } from '../../../packages/cli/src/catalog'
import { CliError } from '../../../packages/cli/src/errors'
import { actionSections, commonFieldsTable, settingsTable } from '../../../packages/cli/src/markdown/field-tables'
import { mappingsTable, offeredMappingsTable } from '../../../packages/cli/src/markdown/mapping-tables'
import { inlineCode, table } from '../../../packages/cli/src/markdown/syntax'
import { formatNumber, joinWithAnd } from '../../../packages/cli/src/text'
import { fillPage } from './page'

type Definition = DestinationDefinition<never>

/** The contract's limits, as far as the page shows them. */
interface Limits {
  maxEvents: number
}

const CLASSIC_PAGE = docsPath(CATALOG.classic.slug)
const WEBSITE = `${CATALOG.website}?utm_source=segmentio&utm_medium=docs&utm_campaign=partners`

/** What the classic destination does with a call, the mapping that does it here, and what is different. */
const MIGRATION: [classic: string, mapping: string, now: string][] = [
  ['Page calls are visits', 'Page Visits', 'The same'],
  ['Screen calls are treated as Page calls', 'Screen Visits', 'The same. The visit also tells that it was a screen'],
  [
    'Identify calls are logins, with traits as attributes',
    'Logins',
    'The same for calls with a user ID that Engage did not make'
  ],
  [
    'Identify calls are logins, with traits as attributes',
    'Attributes of Anonymous Visitors',
    'Without a user ID, nobody logged in: Tractionboard keeps the traits with the visitor'
  ],
  [
    'Engage audiences and computed traits are user properties',
    'Engage Audiences and Computed Traits',
    'The same. Syncing an audience never counts as a login'
  ],
  ['`Payment Made` is a payment', 'Payments', 'The same'],
  ['`Refund Received` is a refund', 'Refunds', 'The same, whether you write the amount as `5` or as `-5`'],
  ['`cancel` sets the status to canceled', 'Cancellations', 'The same. It needs a user ID'],
  ['`signup` composes the UAC metric', 'Signups', 'The same. It needs a user ID, and takes the campaign along'],
  [
    'Other Track calls are custom events',
    'Custom Events',
    'The same. An event with an action of its own is not sent as a custom event as well'
  ],
  ['Group calls are saved as an attribute of the user', 'Groups', 'The same. The attribute is named `group`'],
  [
    'Group calls are saved as an attribute of the user',
    'Engage Account Audiences',
    'An account-level audience of Engage is an attribute under its own name'
  ],
  ['Alias calls change the ID of a user', 'Aliases', 'The same. The old ID is saved as an attribute of the new one']
]

/**
 * The destination's page for Segment's docs, in their layout for a destination that has a classic version.
 *
 * @param limits the contract's limits.
 * @throws CliError if the migration table lists a preset that the definition does not have.
 */
export const segmentDocsPage = (definition: Definition, limits: Limits): string =>
  fillPage('segment-docs', {
    name: definition.name,
    slug: definition.slug ?? '',
    description: linkedDescription(definition),
    company: CATALOG.company,
    classicName: CATALOG.classic.name,
    classicPage: CLASSIC_PAGE,
    classicSetting: CATALOG.classic.setting,
    specialEvents: joinWithAnd(specialEvents(definition).map(({ name }) => inlineCode(name))),
    specialEventsList: specialEvents(definition).map(describeEvent).join('\n'),
    mappings: mappingsTable(definition),
    offeredMappings: offeredMappingsTable(definition),
    settings: settingsTable(definition),
    settingNames: joinWithAnd(Object.keys(definition.authentication?.fields ?? {}).map(inlineCode)),
    commonFields: commonFieldsTable(definition),
    actions: actionSections(definition, '###'),
    paymentTitle: definition.actions.payment.title ?? 'payment',
    refundTitle: definition.actions.refund.title ?? 'refund',
    maxEvents: formatNumber(limits.maxEvents),
    migration: migrationTable(definition)
  })

/** A Track event that has an action of its own. */
interface SpecialEvent {
  name: string
  action: Definition['actions'][string]
}

const specialEvents = ({ presets = [], actions }: Definition): SpecialEvent[] =>
  presets.flatMap((preset) =>
    preset.type === 'automatic'
      ? [...preset.subscribe.matchAll(/\bevent = "([^"]+)"/g)].map(([, name]) => ({
          name,
          action: actions[preset.partnerAction]
        }))
      : []
  )

function describeEvent({ name, action }: SpecialEvent): string {
  const needsUser = action.fields.external_user_id?.required === true
  return [`- ${inlineCode(name)}: ${action.description}`, ...(needsUser ? ['Send it with the `userId`.'] : [])].join(
    ' '
  )
}

/** The definition's description, with the company linked to its website. */
const linkedDescription = ({ description = '' }: Definition): string =>
  description.replace(CATALOG.company, `[${CATALOG.company}](${WEBSITE}){:target="_blank"}`)

function migrationTable({ presets = [] }: Definition): string {
  const names = presets.filter(({ type }) => type === 'automatic').map(({ name = '' }) => name)
  const listed = MIGRATION.map(([, mapping]) => mapping)
  const problems = difference(listed, names).map(
    (name) => `it lists the mapping "${name}", which the destination does not have`
  )
  if (problems.length > 0) {
    throw new CliError(`Correct MIGRATION in tools/generate/pages/segment-docs.ts: ${problems.join('; ')}.`)
  }
  const added = difference(names, listed).map((name) => ['No mapping of its own', name, 'New'])
  return table(['Classic destination', 'Mapping', 'What changes'], [...MIGRATION, ...added])
}
