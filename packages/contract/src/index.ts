import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { parse } from 'yaml'

export type * from './wire-types'
export { LIMITS, SERVER } from './wire-constants'

/** A JSON schema as OpenAPI 3.1 writes it (JSON Schema 2020-12). */
export type Schema = Record<string, unknown>

/** The parts of the OpenAPI document that code here looks at. */
export interface OpenApiDocument {
  info: { title: string; version: string; description: string }
  servers: { url: string }[]
  'x-limits': { max_request_bytes: number; max_event_bytes: number }
  paths: Record<string, Record<string, Operation>>
  components: { schemas: Record<string, Schema>; responses: Record<string, Response> }
}

/** One operation of the document: what may be asked, and what may be answered. */
export interface Operation {
  operationId: string
  summary: string
  requestBody?: { content: Record<string, MediaType> }
  responses: Record<string, Response | { $ref: string }>
}

/** One answer of an operation. */
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

/** Where the contract stands, for tools that want the file itself. */
export const CONTRACT_FILE = resolve(__dirname, '..', 'openapi.yaml')

/**
 * Reads the contract.
 *
 * @returns the OpenAPI document as it is written, references unresolved.
 * @throws an error of `fs` or `yaml` if the file is missing or broken.
 */
export function loadContract(): OpenApiDocument {
  return parse(readFileSync(CONTRACT_FILE, 'utf8')) as OpenApiDocument
}

/**
 * The schema of each type of event, as the contract's `Event` lists them.
 *
 * @returns for each value of `type` (`visit`, `login`, …) the name of its schema under `components.schemas`.
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
  throw new Error('An event schema of the contract names no type.')
}
