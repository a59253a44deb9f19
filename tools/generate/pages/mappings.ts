import type { DestinationDefinition } from '@segment/actions-core'
import { actionSections, commonFieldsTable, settingsTable } from '../../../packages/cli/src/markdown/field-tables'
import { engageMappings, mappingsTable, offeredMappingsTable } from '../../../packages/cli/src/markdown/mapping-tables'
import { BANNER, fillPage } from './page'

/** `docs/mappings.md`: which call becomes which action, and the fields of each action. */
export function mappingsPage(definition: DestinationDefinition<never>): string {
  const page = fillPage('mappings', {
    slug: definition.slug ?? '',
    mappings: mappingsTable(definition),
    engageMappings: engageMappings(definition),
    offeredMappings: offeredMappingsTable(definition),
    settings: settingsTable(definition),
    commonFields: commonFieldsTable(definition),
    actions: actionSections(definition, '###')
  })
  return `${BANNER}\n\n${page}`
}
