import type { DestinationDefinition } from '@segment/actions-core'
import { linkTo, table } from './markdown'
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
