import type { DestinationDefinition } from '@segment/actions-core'
import { actionSections, commonFieldsTable, settingsTable } from './fields'
import { BANNER, linkTo, table } from './markdown'
import { triggerInWords } from './trigger'
import type { Preset } from './trigger'

type Definition = DestinationDefinition<never>

/**
 * The mappings that a customer has without doing anything: which call becomes what.
 *
 * @param cell how an action's title is written: a link to its section, unless the page has none.
 */
export const mappingsTable = (definition: Definition, cell = linkTo): string =>
  presetsTable(definition, 'automatic', cell)

/** The mappings that a customer is offered for linked audiences and journeys. */
export const offeredMappingsTable = (definition: Definition, cell = linkTo): string =>
  presetsTable(definition, 'specificEvent', cell)

function presetsTable(definition: Definition, type: Preset['type'], cell: (title: string) => string): string {
  const presets = (definition.presets ?? []).filter((preset) => preset.type === type)
  const rows = presets.map((preset) => [
    preset.name ?? '',
    triggerInWords(preset),
    cell(definition.actions[preset.partnerAction].title ?? preset.partnerAction)
  ])
  return table(['Mapping', 'Segment call', 'Action'], rows)
}

/** The page `docs/mappings.md`: what each call becomes, and each field of each action. */
export const mappingsPage = (definition: Definition): string => `${BANNER}

# What each Segment call becomes

The destination \`${definition.slug}\` has these mappings from the start. No call is in two of them.

${mappingsTable(definition)}

A customer can change each of them, switch it off, or add others: any call can go to any action.

Linked audiences and journeys have mappings of their own, which Segment offers where one is set up:

${offeredMappingsTable(definition)}

## Settings

${settingsTable(definition)}

## Fields of every action

Each action has these fields, and its own below. Where the table of an action names one of these, the action's own counts.
The last column says which part of the Segment call a field takes its value from, as long as nothing else is mapped.

${commonFieldsTable(definition)}

Where no ID is required, one of External User ID and Anonymous ID is enough, but one there must be.

## Actions

${actionSections(definition, '###')}
`
