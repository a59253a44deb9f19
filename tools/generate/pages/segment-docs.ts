import { defaultValues, type DestinationDefinition } from '@segment/actions-core'
import { difference, isEqual, omit, upperFirst } from 'lodash'
import { CATALOG, docsPath } from '../../../packages/cli/src/catalog'
import { CliError } from '../../../packages/cli/src/errors'
import {
  actionSections,
  commonFieldsTable,
  defaultPaths,
  settingsTable
} from '../../../packages/cli/src/markdown/field-tables'
import { engageMappings, mappingsTable, offeredMappingsTable } from '../../../packages/cli/src/markdown/mapping-tables'
import { inlineCode, table } from '../../../packages/cli/src/markdown/syntax'
import { describeTrigger, methodOf } from '../../../packages/cli/src/markdown/trigger'
import { formatNumber, joinWithAnd } from '../../../packages/cli/src/text'
import { normalizeCurrency, PLACEHOLDER_IDS } from '../../../packages/destination/src/values'
import { fillPage } from './page'

type Definition = DestinationDefinition<never>

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
  [
    'Group calls are saved as an attribute of the user',
    'Groups',
    'The same. It is 1 attribute with the group as its value'
  ],
  [
    'Group calls are saved as an attribute of the user',
    'Engage Account Audiences',
    'An account-level audience of Engage is an attribute under its own name'
  ],
  ['Alias calls change the ID of a user', 'Aliases', 'The same. The old ID is saved as an attribute of the new one']
]

/** The calls that the text of the page says each mapping takes, and the action that it says they become. */
const DESCRIBED_MAPPINGS: Record<string, [call: string, action: string]> = {
  'Page Visits': ['Page call', 'visit'],
  'Screen Visits': ['Screen call', 'visit'],
  Logins: ['Identify call with a user ID, not made by Engage', 'login'],
  'Attributes of Anonymous Visitors': ['Identify call without a user ID, not made by Engage', 'attribute'],
  'Engage Audiences and Computed Traits': ['Identify call made by Engage', 'attribute'],
  Payments: ['Track call named `Payment Made`', 'payment'],
  Refunds: ['Track call named `Refund Received`', 'refund'],
  Groups: ['Group call not made by Engage', 'attribute'],
  'Engage Account Audiences': ['Group call made by Engage', 'attribute'],
  Aliases: ['Alias call', 'alias']
}

/** The fields that a mapping has otherwise than its action has by default. */
const OWN_FIELDS: Record<string, string[]> = {
  Groups: ['attributes'],
  'Attributes of Anonymous Visitors': ['fallback_attributes']
}

/** What the text of the page says of any definition. The page is not written if one of them is not so. */
const CLAIMS: [claim: string, holds: (definition: Definition) => boolean][] = [
  ['it works in Cloud-mode', ({ mode }) => mode === 'cloud'],
  [
    'Segment checks the setting',
    ({ authentication }) => Boolean(authentication && 'testAuthentication' in authentication)
  ],
  ['a deleted user is erased', ({ onDelete }) => onDelete !== undefined],
  ['every action takes batches', ({ actions }) => Object.values(actions).every(({ performBatch }) => performBatch)],
  ['events are sent in batches', (definition) => commonDefault(definition, 'enable_batching') === true],
  [
    'payments and refunds have the same amount and currency by default',
    (definition) =>
      ['amount', 'currency'].every((field) =>
        isEqual(defaultPaths(definition, 'payment', field), defaultPaths(definition, 'refund', field))
      )
  ],
  [
    'a signup is sent with its campaign, as a visit is',
    (definition) => isEqual(defaultPaths(definition, 'signup', 'context'), defaultPaths(definition, 'visit', 'context'))
  ],
  [
    'the prebuilt mappings are the defaults of their actions',
    ({ presets = [], actions }) =>
      presets.every(({ name = '', partnerAction, mapping }) =>
        isEqual(
          omit(mapping, OWN_FIELDS[name] ?? []),
          omit(defaultValues(actions[partnerAction].fields), OWN_FIELDS[name] ?? [])
        )
      )
  ],
  [
    'an attribute has the ID and the traits of a group',
    ({ presets = [] }) =>
      ['"$.groupId"', '"$.traits"'].every((path) =>
        JSON.stringify(presets.find(({ name }) => name === 'Groups')?.mapping?.attributes).includes(path)
      )
  ],
  ...Object.entries(DESCRIBED_MAPPINGS).map(([mapping, [call, action]]): (typeof CLAIMS)[number] => [
    `${mapping} makes the action ${action} of each ${call}`,
    ({ presets = [] }) =>
      presets
        .filter(({ name }) => name === mapping)
        .every((preset) => describeTrigger(preset) === call && preset.partnerAction === action)
  ])
]

/**
 * The destination's page for Segment's docs, in their layout for a destination that has a classic version.
 *
 * @throws CliError if the definition is not as the text of the page or its migration table says.
 */
export function segmentDocsPage(definition: Definition): string {
  const migration = migrationTable(definition)
  assertClaims(definition)
  return fillPage('segment-docs', {
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
    engageMappings: engageMappings(definition),
    offeredMappings: offeredMappingsTable(definition),
    settings: settingsTable(definition),
    commonFields: commonFieldsTable(definition),
    actions: actionSections(definition, '###'),
    migration,
    ...settingTexts(definition),
    ...mappingTexts(definition),
    ...fieldTexts(definition)
  })
}

function assertClaims(definition: Definition): void {
  const wrong = CLAIMS.filter(([, holds]) => !holds(definition)).map(([claim]) => claim)
  if (wrong.length === 0) return
  throw new CliError(
    `The definition is not as tools/generate/pages/segment-docs.md says: ${wrong.join('; ')}. Correct the page, and then what segment-docs.ts knows of it.`
  )
}

/** What the page says of the one setting. */
function settingTexts({ authentication }: Definition) {
  const [[name, setting], ...others] = Object.entries(authentication?.fields ?? {})
  if (others.length > 0) throw new CliError('The page for Segment describes one setting. Describe the others as well.')
  return { settingNames: inlineCode(name), settingLabel: setting.label, settingDescription: setting.description }
}

/** What the page says of the presets. */
function mappingTexts({ presets = [] }: Definition) {
  const methods = [...new Set(presets.map(methodOf))]
  const customEvents = presets.find(({ partnerAction, type }) => partnerAction === 'event' && type === 'automatic')
  const groups = presets.find(({ name }) => name === 'Groups')
  return {
    methodNames: joinWithAnd(methods.map(upperFirst)),
    methodLinks: joinWithAnd(methods.map((method) => `[${upperFirst(method)}](/docs/connections/spec/${method}/)`)),
    customEvents: customEvents?.name ?? '',
    groupAttribute: joinWithAnd(Object.keys((groups?.mapping?.attributes ?? {}) as object).map(inlineCode))
  }
}

/** What the page says of fields: their labels, and where their values come from by default. */
function fieldTexts(definition: Definition) {
  const source = (action: string, field: string) => describePaths(defaultPaths(definition, action, field))
  const label = (action: string, field: string) => definition.actions[action].fields[field].label
  const [visitContext] = defaultPaths(definition, 'visit', 'context')
  return {
    visitPage: inlineCode(`${visitContext}.page`),
    visitCampaign: inlineCode(`${visitContext}.campaign`),
    userId: source('login', 'external_user_id'),
    userIdLabel: label('login', 'external_user_id'),
    anonymousIdLabel: label('login', 'anonymous_id'),
    traits: source('login', 'attributes'),
    fallbackTraits: source('login', 'fallback_attributes'),
    placeholderIds: joinWithAnd(PLACEHOLDER_IDS.map(inlineCode)),
    amountSource: source('payment', 'amount'),
    amountLabel: label('payment', 'amount'),
    currencySource: source('payment', 'currency'),
    currencyLabel: label('payment', 'currency'),
    defaultCurrency: normalizeCurrency(undefined),
    previousId: source('alias', 'previous_id'),
    newId: source('alias', 'external_user_id'),
    messageId: source('event', 'message_id'),
    timestamp: inlineCode(defaultPaths(definition, 'event', 'occurred_at')[0]),
    batchSize: formatNumber(Number(commonDefault(definition, 'batch_size'))),
    paymentTitle: definition.actions.payment.title ?? 'payment',
    refundTitle: definition.actions.refund.title ?? 'refund'
  }
}

const describePaths = (paths: string[]) => {
  const names = paths.map(inlineCode)
  return names.length === 1 ? names[0] : `the first of ${joinWithAnd(names)} that the call has`
}

/** The default of a field that all actions have with the same default; nothing if they differ. */
function commonDefault({ actions }: Definition, field: string): unknown {
  const [first, ...others] = Object.values(actions).map(({ fields }) => fields[field]?.default)
  return others.every((other) => other === first) ? first : undefined
}

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
