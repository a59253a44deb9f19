import type { DestinationDefinition } from '@segment/actions-core'
import { CATALOG, docsPath } from '../catalog'
import { settingsTable } from '../markdown/field-tables'
import { mappingsTable, offeredMappingsTable } from '../markdown/mapping-tables'
import { bulletList, inlineCode, table } from '../markdown/syntax'
import { fillTemplate, readTemplate } from '../markdown/template'
import { formatNumber, joinWithAnd } from '../text'
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
    docsPath: docsPath(packet.slug).replace('/docs', ''),
    files: filesTable(packet),
    missingItems: bulletList(missingItems(packet)),
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
      ...(pullRequest ? [['`catalog-email.txt`', `The e-mail to ${PARTNER_SUPPORT}, ready to send`]] : [])
    ]
  )

const catalogTable = (packet: Packet): string =>
  table(
    ['Field', 'Value'],
    [
      ['Name', packet.name],
      ['Slug', inlineCode(packet.slug)],
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
  const { name, slug, setting, replay } = CATALOG.classic
  const methods = joinWithAnd(newMethods(packet))
  const settings = joinWithAnd(packet.settings.map((own) => inlineCode(own.name)))
  return [
    `${name}, with the slug ${inlineCode(slug)}, is a separate entry and does not change.`,
    ...(methods
      ? [`It does not tick ${methods}, although its page describes it. This one supports ${methods}: tick it.`]
      : []),
    ...(packet.replay && !replay ? ['It does not tick replay. This one supports replays: tick it.'] : []),
    `Its setting is named ${inlineCode(setting)}; here it is ${settings}. The value is the same.`
  ]
}

const yesOrNo = (is: boolean) => (is ? 'Yes' : 'No')

/** A size in whole KiB or MiB. */
const formatBytes = (bytes: number) => (bytes >= 2 ** 20 ? `${bytes / 2 ** 20} MiB` : `${bytes / 2 ** 10} KiB`)
