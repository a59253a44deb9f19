import { type DestinationDefinition, fieldsToJsonSchema } from '@segment/actions-core'
import type { JSONSchema4 } from 'json-schema'
import { compile, type Options } from 'json-schema-to-typescript'
import { mapValues } from 'lodash'
import { readPackageJson } from '../package-files'

type Fields = NonNullable<Parameters<typeof fieldsToJsonSchema>[0]>

const BANNER = '// Generated file. DO NOT MODIFY IT BY HAND.'

/** Upstream's prettier options, which are this project's as well. */
const style = readPackageJson<Options['style']>('prettier.json')

/**
 * The types of a definition's settings and of each action's payload, letter for letter as upstream's `generate:types`
 * writes them.
 *
 * @returns the text of each `generated-types.ts`, by its path in the destination's folder.
 */
export async function generatedTypes(definition: DestinationDefinition<never>): Promise<Record<string, string>> {
  const files = [
    typesOf('generated-types.ts', 'Settings', definition.authentication?.fields),
    ...Object.entries(definition.actions).map(([slug, action]) =>
      typesOf(`${slug}/generated-types.ts`, 'Payload', action.fields)
    )
  ]
  return Object.fromEntries(await Promise.all(files))
}

async function typesOf(path: string, name: string, fields: Fields = {}): Promise<[path: string, text: string]> {
  const schema = withoutTitles(fieldsToJsonSchema(fields, { tsType: true }))
  return [path, await compile(schema, name, { bannerComment: BANNER, style })]
}

/** Without titles and enumerations, which upstream's generator does not turn into types either. */
function withoutTitles({ title: _title, enum: _enum, ...schema }: JSONSchema4): JSONSchema4 {
  if (schema.type === 'object' && schema.properties) {
    return { ...schema, properties: mapValues(schema.properties, withoutTitles) }
  }
  if (schema.type === 'array' && schema.items) return { ...schema, items: withoutTitles(schema.items) }
  return schema
}
