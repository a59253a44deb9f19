import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { parse } from 'yaml'

export { CURRENCY_DIGITS } from './currency-digits'
export type * from './wire-types'
export { LIMITS, SERVER } from './wire-constants'

/**
 * A JSON schema (2020-12), as OpenAPI 3.1 has them.
 *
 * @see https://json-schema.org/draft/2020-12
 */
export type Schema = Record<string, unknown>

/** The parts of the OpenAPI document that the project reads. */
export interface OpenApiDocument {
  info: { title: string; version: string; description: string }
  servers: { url: string }[]
  'x-limits': { max_request_bytes: number; max_event_bytes: number }
  paths: Record<string, Record<string, Operation>>
  components: { schemas: Record<string, Schema>; responses: Record<string, Response> }
}

/** One operation: its request and its responses by status. */
export interface Operation {
  operationId: string
  summary: string
  requestBody?: { content: Record<string, MediaType> }
  responses: Record<string, Response | { $ref: string }>
}

export interface Response {
  description: string
  headers?: Record<string, unknown>
  content?: Record<string, MediaType>
}

/** The schema and the examples of a body. */
export interface MediaType {
  schema: Schema
  examples?: Record<string, { summary: string; value: unknown }>
}

/** The path of the contract, for tools that read the file itself. */
export const CONTRACT_FILE = resolve(__dirname, '..', 'openapi.yaml')

/**
 * Reads the contract.
 *
 * @returns the OpenAPI document, with its references unresolved.
 * @throws an error of `fs` or `yaml` if the file is missing or malformed.
 */
export function loadContract(): OpenApiDocument {
  return parse(readFileSync(CONTRACT_FILE, 'utf8')) as OpenApiDocument
}

/**
 * Finds the schema of each type of event.
 *
 * @returns the names of the schemas under `components.schemas`, by `type`, in the order of the contract's `Event`.
 * @throws if the schema of an event has no constant `type`.
 * @example eventSchemaNames(loadContract()).visit // 'VisitEvent'
 */
export function eventSchemaNames(contract: OpenApiDocument): Record<string, string> {
  const { schemas } = contract.components
  const names = (schemas.Event.oneOf as { $ref: string }[]).map(({ $ref }) => $ref.split('/').pop() as string)
  return Object.fromEntries(names.map((name) => [typeOf(schemas[name]), name]))
}

function typeOf(schema: Schema): string {
  for (const part of schema.allOf as { properties?: { type?: { const?: string } } }[]) {
    if (part.properties?.type?.const) return part.properties.type.const
  }
  throw new Error('A schema of an event in the contract has no constant type. Add one.')
}
