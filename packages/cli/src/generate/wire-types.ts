import { loadContract, type OpenApiDocument, type Schema } from '@tractionboard/contract'
import type { JSONSchema4 } from 'json-schema'
import { compile, type Options } from 'json-schema-to-typescript'
import { readPackageJson } from '../package-files'

const BANNER = [
  "// Generated from Tractionboard's wire contract (an OpenAPI document). DO NOT MODIFY IT BY HAND.",
  ''
].join('\n')

/** The project's prettier options. */
const style = readPackageJson<Options['style']>('prettier.json')

/** A longer enumeration, such as the currencies, becomes a plain string: nobody reads a union that long. */
const LONGEST_UNION = 12

/** Types that would shadow a global of the DOM under the name of their schema. */
const TYPE_NAMES: Record<string, string> = { Event: 'WireEvent', CustomEvent: 'CustomWireEvent' }

/** The schemas from which all types of the wire can be reached. */
export const ALL_SCHEMAS = ['EventBatch', 'EventResults', 'Erasure', 'Token', 'Problem']

/** The schemas that the destination reads or writes, and from which the others that it needs can be reached. */
export const DESTINATION_SCHEMAS = ['Event', 'EventResults', 'Erasure', 'Token', 'Problem']

/**
 * Makes the TypeScript types of what goes over the wire.
 *
 * @param schemas the names of schemas of the contract. The schemas that they refer to get a type as well.
 * @returns the text of `wire-types.ts`.
 */
export async function wireTypes(schemas: string[], contract: OpenApiDocument = loadContract()): Promise<string> {
  const root: JSONSchema4 = {
    type: 'object',
    additionalProperties: false,
    properties: Object.fromEntries(schemas.map((name) => [name, { $ref: `#/definitions/${typeName(name)}` }])),
    definitions: typescriptSchemas(contract)
  }
  const text = await compile(root, 'Root', { bannerComment: BANNER, style })
  return text.replace(/export interface Root \{.*?\n\}\n/s, '')
}

/**
 * Makes the constants of the contract: its server and its limits.
 *
 * @returns the text of `wire-constants.ts`.
 */
export function wireConstants(contract: OpenApiDocument = loadContract()): string {
  const events = (contract.components.schemas.EventBatch.properties as { events: { maxItems: number } }).events
  const bytes = contract['x-limits']
  return `${BANNER}
/** The address of Tractionboard's API. */
export const SERVER = '${contract.servers[0].url}'

/** The limits of one request. */
export const LIMITS = {
  /** Events in a request. */
  maxEvents: ${events.maxItems},
  /** Bytes of a request, as uncompressed JSON in UTF-8. */
  maxRequestBytes: ${bytes.max_request_bytes},
  /** Bytes of one event, as uncompressed JSON in UTF-8. */
  maxEventBytes: ${bytes.max_event_bytes}
}
`
}

const typeName = (schema: string) => TYPE_NAMES[schema] ?? schema

/** The contract's schemas as the compiler needs them: closed objects, without constraints that TypeScript cannot express. */
function typescriptSchemas(contract: OpenApiDocument): Record<string, JSONSchema4> {
  const text = JSON.stringify(contract.components.schemas).replace(
    /#\/components\/schemas\/(\w+)/g,
    (_, name: string) => `#/definitions/${typeName(name)}`
  )
  const schemas = Object.entries(JSON.parse(text) as Record<string, Schema>)
  return Object.fromEntries(schemas.map(([name, schema]) => [typeName(name), simplify(schema) as JSONSchema4]))
}

function simplify(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.filter((part) => !isConstraint(part)).map(simplify)
  if (schema === null || typeof schema !== 'object') return schema
  const { unevaluatedProperties, maxItems, minItems, ...rest } = schema as Schema
  if (typeof rest.description === 'string') rest.description = rest.description.trim()
  if (Array.isArray(rest.enum) && rest.enum.length > LONGEST_UNION) delete rest.enum
  // An index signature must also fit the optional properties, so its type can only be `unknown`.
  if (isObjectSchema(rest)) rest.additionalProperties = rest.additionalProperties !== undefined
  return Object.fromEntries(Object.entries(rest).map(([key, value]) => [key, simplify(value)]))
}

/** `OneOfTwoIds` says which fields are required, and nothing about their types: TypeScript would make it `any object`. */
const isConstraint = (part: unknown) => (part as { $ref?: string } | null)?.$ref === '#/definitions/OneOfTwoIds'

const isObjectSchema = (schema: Schema) =>
  schema.type === 'object' && typeof schema.properties === 'object' && schema.properties !== null
