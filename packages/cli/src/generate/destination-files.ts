import type { DestinationDefinition } from '@segment/actions-core'
import { once } from 'lodash'
import { metadata } from './metadata'
import { generatedTypes } from './types'
import { DESTINATION_SCHEMAS, wireConstants, wireTypes } from './wire-types'

/**
 * Every generated file in the folder of Tractionboard's destination: how to generate its content, by its path in the
 * folder. It follows from the definition or from the wire contract.
 */
export function destinationFiles(
  definition: DestinationDefinition<never>
): Record<string, () => string | Promise<string>> {
  const types = once(() => generatedTypes(definition))
  const typeFiles = ['', ...Object.keys(definition.actions).map((slug) => `${slug}/`)].map(
    (folder) => `${folder}generated-types.ts`
  )
  return {
    'wire-types.ts': () => wireTypes(DESTINATION_SCHEMAS),
    'wire-constants.ts': () => wireConstants(),
    ...Object.fromEntries(typeFiles.map((file) => [file, async () => (await types())[file]])),
    'metadata.json': () => metadata(definition)
  }
}
