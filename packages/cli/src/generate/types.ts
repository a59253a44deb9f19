import { fieldsToJsonSchema } from '@segment/actions-core'
import type { DestinationDefinition } from '@segment/actions-core'
import { compile } from 'json-schema-to-typescript'
import type { JSONSchema4 } from 'json-schema'

type Fields = NonNullable<Parameters<typeof fieldsToJsonSchema>[0]>

const BANNER = '// Generated file. DO NOT MODIFY IT BY HAND.'

/** How upstream's prettier writes code. */
const STYLE = { semi: false, singleQuote: true, trailingComma: 'none', printWidth: 120 } as const

/**
 * The types of a definition's settings and of the payload of each of its actions, letter for letter as upstream's
 * `generate:types` writes them.
 *
 * @returns for each `generated-types.ts`, its path in the destination's folder and its text.
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
  return [path, await compile(schema, name, { bannerComment: BANNER, style: STYLE })]
}

/** Titles would become type names of their own, and enumerations unions. */
function withoutTitles({ title: _title, enum: _enum, ...schema }: JSONSchema4): JSONSchema4 {
  if (schema.type === 'object' && schema.properties) {
    const properties = Object.entries(schema.properties).map(([key, property]) => [key, withoutTitles(property)])
    return { ...schema, properties: Object.fromEntries(properties) as JSONSchema4['properties'] }
  }
  if (schema.type === 'array' && schema.items) return { ...schema, items: withoutTitles(schema.items) }
  return schema
}
