import type { DestinationDefinition } from '@segment/actions-core'
import { groupBy } from 'lodash'
import { CliError } from '../errors'
import { joinWithOr } from '../text'
import { headingLink, table } from './syntax'
import { describeTrigger, isMadeByEngage, type Preset } from './trigger'

type Definition = DestinationDefinition<never>

/** One preset for a person: its name, the call that it matches, and the title of its action. */
interface MappingRow {
  mapping: string
  call: string
  action: string
  /** What the action does. */
  description: string
}

/**
 * The presets of one type as rows, from which every table of calls is made.
 *
 * @throws CliError if a preset names an action that the definition does not have.
 */
function mappingRows({ presets = [], actions }: Definition, type: Preset['type']): MappingRow[] {
  return presets
    .filter((preset) => preset.type === type)
    .map((preset) => {
      const action = Object.hasOwn(actions, preset.partnerAction) ? actions[preset.partnerAction] : undefined
      if (!action) {
        throw new CliError(
          `The preset "${preset.name}" names the action "${preset.partnerAction}", which the definition does not have. Add the action to the definition, or correct the preset.`
        )
      }
      return {
        mapping: preset.name ?? '',
        call: describeTrigger(preset),
        action: action.title ?? preset.partnerAction,
        description: action.description ?? ''
      }
    })
}

/** How the title of an action is written: a link to its section, or, on a page without such sections, the title alone. */
type FormatAction = (title: string) => string

/** The mappings that Segment creates when a customer connects a source that is not an Engage space. */
export const mappingsTable = (definition: Definition, formatAction?: FormatAction): string =>
  presetsTable(definition, 'automatic', formatAction)

/** The mappings that Segment offers for linked audiences and journeys. */
export const offeredMappingsTable = (definition: Definition, formatAction?: FormatAction): string =>
  presetsTable(definition, 'specificEvent', formatAction)

/** The presets that the user of an Engage space chooses from, for audiences and computed traits. */
export const engageMappings = ({ presets = [] }: Definition): string =>
  joinWithOr(presets.filter(isMadeByEngage).map(({ name }) => `**${name}**`))

function presetsTable(definition: Definition, type: Preset['type'], formatAction: FormatAction = headingLink): string {
  const rows = mappingRows(definition, type).map(({ mapping, call, action }) => [mapping, call, formatAction(action)])
  return table(['Mapping', 'Segment call', 'Action'], rows)
}

/** The actions that calls become for a customer who changes no mapping: one row per action, with all of its calls. */
export function actionsTable(definition: Definition): string {
  const groups = Object.values(groupBy(mappingRows(definition, 'automatic'), 'action'))
  const rows = groups.map((group) => [
    group.map(({ call }) => call).join('<br>'),
    group[0].action,
    group[0].description
  ])
  return table(['Segment call', 'Action', 'What it does'], rows)
}
