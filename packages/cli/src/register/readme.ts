import type { DestinationDefinition } from '@segment/actions-core'
import { CATALOG, docsPathOf } from '../catalog'
import { settingsTable } from '../docs/fields'
import { mappingsTable, offeredMappingsTable } from '../docs/mappings'
import { code, listed, table } from '../docs/markdown'
import { PARTNER_SUPPORT } from './email'
import { MAX_DESCRIPTION, newMethods } from './packet'
import type { Packet } from './packet'

/** The packet for a person who fills in the partner portal: everything that it asks for, in the words of its forms. */
export const packetReadme = (packet: Packet, definition: DestinationDefinition<never>): string =>
  `# ${packet.name}: registration with Segment

Everything that Segment's partner portal and catalog ask for. Nothing here was typed by hand: it comes from the
destination's definition, the wire contract and the catalog's facts. To change something, change it there and run
\`tractionboard register\` again.

${table(
  ['File', 'What it is for'],
  [
    ['`README.md`', 'This page, to copy from into the partner portal'],
    ['`packet.json`', 'The same as data'],
    ['`metadata.json`', 'The settings, actions, fields and presets in full, in the format of `action-destinations`'],
    ...(packet.pullRequest ? [['`catalog-email.txt`', `The e-mail to ${PARTNER_SUPPORT}, ready to be sent`]] : [])
  ]
)}

## Still missing

Only a person can give these. Do not write a password into this folder.

${asList(missing(packet))}

## Catalog entry

${table(
  ['Asked for', 'Answer'],
  [
    ['Name', packet.name],
    ['Slug', code(packet.slug)],
    [`Description (${packet.description.length} of ${MAX_DESCRIPTION} characters)`, packet.description],
    ['Website', packet.website],
    ['Category', packet.categories.join(', ')],
    ['Logo (SVG, with the name)', packet.logo.url],
    ['Mark (SVG, without the name)', packet.mark.url],
    ['Customer support email address', packet.supportEmail],
    ['Pull request', packet.pullRequest ?? 'Missing']
  ]
)}

## Connection modes

${table(['Source', 'Cloud-mode', 'Device-mode'], connectionRows(packet))}

## Supported methods

${table(
  ['Method', 'Supported'],
  Object.entries(packet.methods).map(([method, isSupported]) => [method, yesOrNo(isSupported)])
)}

## Differences from the classic entry

${asList(differences(packet))}

## Settings

${settingsTable(definition)}

The type \`password\` masks it in Segment's app and keeps it out of exports. When a customer saves it, Segment checks it
with Tractionboard.

## Actions

${table(
  ['Action', 'Slug', 'What it does', 'In batches'],
  packet.actions.map(({ title, slug, description, batches }) => [title, code(slug), description, yesOrNo(batches)])
)}

## Presets

A customer who enters a Token ID has these mappings:

${mappingsTable(definition, (title) => title)}

Linked audiences and journeys are offered these:

${offeredMappingsTable(definition, (title) => title)}

## Rate limits

- A request has at most ${number(packet.limits.maxEvents)} events and ${bytes(packet.limits.maxRequestBytes)}. An event has at most ${bytes(packet.limits.maxEventBytes)}. Sizes are of uncompressed JSON.
- No number of requests a second is promised or forbidden. Too many are answered with 429 and \`Retry-After\`. Segment is told so, and sends the events again for four hours.
- Tractionboard publishes no API reference. These limits are those of the project's own wire contract.

## Replay

${packet.name} can take replays:

- **Nothing is counted twice.** An event is known by its type and its ID together, and the ID is Segment's messageId. What Tractionboard already has is answered as a duplicate, and changes nothing.
- **Nothing is counted anew, either.** If a mapping was changed in between, so that the same event would say something else, Tractionboard rejects it as a conflict and keeps what it has.
- **Old events land where they belong.** Everything is placed by the time when it happened, Segment's timestamp, and never by the time when it arrives.
- **The order does not matter.** A refund, a cancellation or an alias may arrive before what it refers to.

## What to do

1. Open the pull request on \`segmentio/action-destinations\`: \`tractionboard contribute\` prepares it.
2. Run \`tractionboard register\` with \`--pull-request\` and send the e-mail to ${PARTNER_SUPPORT}.
3. Open a pull request on \`segmentio/segment-docs\` with the page \`docs/segment-docs/${packet.slug}/index.md\` of the project, as \`src${docsPathOf(packet.slug).replace('/docs', '')}/index.md\`.
4. In the private beta, have a customer try it: https://app.segment.com/goto-my-workspace/destinations/catalog/${packet.slug}
5. Tell ${PARTNER_SUPPORT} when it works for a customer. Segment then makes it public.
`

/** What is not in the packet, because only a person can give it. */
export const missing = ({ pullRequest }: Packet): string[] => [
  ...(pullRequest
    ? []
    : [
        'The link to the pull request on `segmentio/action-destinations`. The e-mail for the catalog must name it, so there is no e-mail yet. Once the pull request is open, run `tractionboard register` again with `--pull-request`.'
      ]),
  'The metadata ID, which Segment assigns when it creates the destination. `tractionboard contribute` takes it as `--metadata-id`.',
  'An account at Tractionboard with which Segment can test the destination.',
  "Tractionboard's confirmation of its API: the address and the wire contract are this project's own, and nobody has run the destination against the real API."
]

function connectionRows({ connectionModes: { cloud, device } }: Packet): string[][] {
  return CATALOG.sources.map((kind) => [kind, yesOrNo(cloud[kind]), yesOrNo(device[kind])])
}

/** What an entry that was copied from the classic destination's would have wrong. */
function differences(packet: Packet): string[] {
  const { name, slug, setting, replay } = CATALOG.classic
  const methods = listed(newMethods(packet))
  const settings = listed(packet.settings.map((own) => code(own.name)))
  return [
    `${name}, with the slug ${code(slug)}, is an entry of its own and stays.`,
    ...(methods
      ? [`It does not tick ${methods}, although its page describes it. This one supports ${methods}: tick it.`]
      : []),
    ...(packet.replay && !replay ? ['It does not tick replay. This one can take replays: tick it.'] : []),
    `Its setting has the name ${code(setting)}, and here it is ${settings}. The value is the same.`
  ]
}

const asList = (things: string[]) => things.map((thing) => `- ${thing}`).join('\n')

const yesOrNo = (is: boolean) => (is ? 'Yes' : 'No')

const number = (value: number) => value.toLocaleString('en-US')

/** A size as the contract writes it, in whole KiB or MiB. */
const bytes = (value: number) => (value >= 2 ** 20 ? `${value / 2 ** 20} MiB` : `${value / 2 ** 10} KiB`)
