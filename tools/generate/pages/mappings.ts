import type { DestinationDefinition } from '@segment/actions-core'
import { actionSections, commonFieldsTable, settingsTable } from '../../../packages/cli/src/docs/fields'
import { mappingsTable, offeredMappingsTable } from '../../../packages/cli/src/docs/mappings'
import { BANNER } from '../../../packages/cli/src/docs/markdown'

type Definition = DestinationDefinition<never>

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
