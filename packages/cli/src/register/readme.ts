import type { DestinationDefinition } from '@segment/actions-core'
import { lowerFirst } from 'lodash'
import { CATALOG, docsUrl } from '../catalog'
import { settingsTable } from '../markdown/field-tables'
import { engageMappings, mappingsTable, offeredMappingsTable } from '../markdown/mapping-tables'
import { bulletList, inlineCode, numberedList, table } from '../markdown/syntax'
import { fillTemplate, readTemplate } from '../markdown/template'
import { formatBytes, formatNumber, joinWithAnd } from '../text'
import { PARTNER_SUPPORT } from './email'
import { MAX_DESCRIPTION, missingItems, newMethods, type Packet } from './packet'

/** The packet for a person who fills in the partner portal, in the words of its forms. */
export function packetReadme(packet: Packet, definition: DestinationDefinition<never>): string {
  const { limits } = packet
  const titleOnly = (title: string) => title
  return fillTemplate(readTemplate('packet-readme.md'), {
    name: packet.name,
    slug: packet.slug,
    partnerSupport: PARTNER_SUPPORT,
    partnerProgram: CATALOG.partnerProgram,
    docsUrl: docsUrl(packet.slug),
    files: filesTable(packet),
    missingItems: bulletList(missingItems(packet)),
    openQuestions: numberedList(
      packet.openQuestions.map(
        ({ question, assumption, blocks }) =>
          `**${question}** ${assumption} Until this is answered: ${lowerFirst(blocks)}`
      )
    ),
    catalogEntry: catalogTable(packet),
    connectionModes: connectionTable(packet),
    methods: table(
      ['Method', 'Supported'],
      Object.entries(packet.methods).map(([method, isSupported]) => [method, yesOrNo(isSupported)])
    ),
    differences: bulletList(differences(packet)),
    settings: settingsTable(definition),
    actions: table(
      ['Action', 'Slug', 'What it does', 'In batches'],
      packet.actions.map(({ title, slug, description, batches }) => [
        title,
        inlineCode(slug),
        description,
        yesOrNo(batches)
      ])
    ),
    mappings: mappingsTable(definition, titleOnly),
    engageMappings: engageMappings(definition),
    offeredMappings: offeredMappingsTable(definition, titleOnly),
    maxEvents: formatNumber(limits.maxEvents),
    maxRequestSize: formatBytes(limits.maxRequestBytes),
    maxEventSize: formatBytes(limits.maxEventBytes)
  })
}

const filesTable = ({ pullRequest }: Packet): string =>
  table(
    ['File', 'What it is for'],
    [
      ['`README.md`', 'This page, to copy from into the partner portal'],
      ['`packet.json`', 'The same as data'],
      ['`metadata.json`', 'The settings, actions, fields, and presets in full, in the format of `action-destinations`'],
      ...(pullRequest
        ? [['`catalog-email.txt`', `The e-mail to ${PARTNER_SUPPORT}. Attach the page for Segment's docs`]]
        : [])
    ]
  )

const catalogTable = (packet: Packet): string =>
  table(
    ['Field', 'Value'],
    [
      ['Name', packet.name],
      ['Slug (the name in addresses)', inlineCode(packet.slug)],
      [`Description (${packet.description.length} of ${MAX_DESCRIPTION} characters)`, packet.description],
      ['Website', packet.website],
      ['Category', packet.categories.join(', ')],
      ['Logo (SVG, with the name)', packet.logo.url],
      ['Mark (SVG, without the name)', packet.mark.url],
      ['Customer support email address', packet.supportEmail],
      ['Pull request', packet.pullRequest ?? 'Missing']
    ]
  )

const connectionTable = ({ connectionModes: { cloud, device } }: Packet): string =>
  table(
    ['Source', 'Cloud-mode', 'Device-mode'],
    CATALOG.sources.map((kind) => [kind, yesOrNo(cloud[kind]), yesOrNo(device[kind])])
  )

/** What to do differently from the classic destination's entry. */
function differences(packet: Packet): string[] {
  const { name, slug, setting, replay, linkedAudiences } = CATALOG.classic
  const methods = joinWithAnd(newMethods(packet))
  const settings = joinWithAnd(packet.settings.map((own) => inlineCode(own.name)))
  return [
    `The classic entry, ${name}, has the slug ${inlineCode(slug)}. It is a separate entry and does not change.`,
    ...(methods
      ? [`It does not tick ${methods}, although its page describes it. This one supports ${methods}: tick it.`]
      : []),
    ...(packet.replay && !replay
      ? [
          'It does not tick replay. This one is made for replays: tick it, once Tractionboard has answered the question about events that it already has.'
        ]
      : []),
    ...(packet.linkedAudiences && !linkedAudiences
      ? [
          'It does not support linked audiences. This one has presets for them: tick linked audiences. Segment asks to be spoken to before such presets are added, so the pull request asks for them.'
        ]
      : []),
    `Its setting is named ${inlineCode(setting)}; here it is ${settings}. The value is the same.`
  ]
}

const yesOrNo = (is: boolean) => (is ? 'Yes' : 'No')
