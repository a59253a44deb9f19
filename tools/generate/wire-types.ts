import { compile } from 'json-schema-to-typescript'
import type { JSONSchema4 } from 'json-schema'
import { loadContract, type OpenApiDocument, type Schema } from '@tractionboard/contract'
import { resolveConfig } from 'prettier'

const BANNER = [
  "// Generated from Tractionboard's wire contract (an OpenAPI document). DO NOT MODIFY IT BY HAND.",
  ''
].join('\n')

/** An enumeration longer than this (the currencies) is a plain string in TypeScript: nobody reads a union that long. */
const LONGEST_UNION = 12

/**
 * Makes the TypeScript of what goes over the wire: a type for each schema of the contract that is sent or answered, and
 * its server and limits.
 *
 * @returns the text of `wire-types.ts`.
 */
export async function wireTypes(contract: OpenApiDocument = loadContract()): Promise<string> {
  const definitions = typescriptSchemas(contract)
  const root: JSONSchema4 = {
    type: 'object',
    additionalProperties: false,
    description: 'Everything that goes over the wire.',
    required: ['request', 'response', 'erasure', 'token', 'problem'],
    properties: {
      request: { $ref: '#/definitions/EventBatch' },
      response: { $ref: '#/definitions/EventResults' },
      erasure: { $ref: '#/definitions/Erasure' },
      token: { $ref: '#/definitions/Token' },
      problem: { $ref: '#/definitions/Problem' }
    },
    definitions
  }
  const style = (await resolveConfig(__filename)) ?? undefined
  return (await compile(root, 'Wire', { bannerComment: BANNER, style })) + constants(contract)
}

function constants(contract: OpenApiDocument): string {
  const events = (contract.components.schemas.EventBatch.properties as { events: { maxItems: number } }).events
  const bytes = contract['x-limits']
  return `
/** Where the contract is served. */
export const SERVER = '${contract.servers[0].url}'

/** The contract's limits: what one request may have at the most. */
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

/** The contract's schemas as the compiler wants them: closed objects, no constraints that TypeScript cannot say. */
function typescriptSchemas(contract: OpenApiDocument): Record<string, JSONSchema4> {
  const text = JSON.stringify(contract.components.schemas).replaceAll('#/components/schemas/', '#/definitions/')
  return simplify(JSON.parse(text) as Schema) as Record<string, JSONSchema4>
}

function simplify(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.filter((part) => !isConstraint(part)).map(simplify)
  if (schema === null || typeof schema !== 'object') return schema
  const { unevaluatedProperties, maxItems, minItems, ...rest } = schema as Schema
  if (typeof rest.description === 'string') rest.description = rest.description.trim()
  if (Array.isArray(rest.enum) && rest.enum.length > LONGEST_UNION) delete rest.enum
  // An index signature must also fit the optional properties beside it, so it can say no more than `unknown`.
  if (isObjectSchema(rest)) rest.additionalProperties = rest.additionalProperties !== undefined
  return Object.fromEntries(Object.entries(rest).map(([key, value]) => [key, simplify(value)]))
}

/** `OneOfTwoIds` says which fields must be there and nothing of their types: TypeScript would make it `any object`. */
const isConstraint = (part: unknown) => (part as { $ref?: string } | null)?.$ref === '#/definitions/OneOfTwoIds'

const isObjectSchema = (schema: Schema) =>
  schema.type === 'object' && typeof schema.properties === 'object' && schema.properties !== null
