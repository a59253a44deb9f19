import { eventSchemaNames, type OpenApiDocument, type Schema } from '@tractionboard/contract'
import { inlineCode, table } from '../../../packages/cli/src/markdown/syntax'
import { formatNumber } from '../../../packages/cli/src/text'
import { BANNER, fillPage } from './page'

/** `docs/contract.md`: the wire contract in tables, for people. */
export function contractPage(contract: OpenApiDocument): string {
  const { schemas } = contract.components
  const page = fillPage('contract', {
    description: contract.info.description.trim(),
    server: contract.servers[0].url,
    requests: table(['Request', 'What it does', 'Responses'], requestRows(contract)),
    limits: limitsTable(contract),
    eventFields: fieldsTable(schemas, schemas.EventCommon),
    contextFields: fieldsTable(schemas, schemas.Context),
    events: Object.entries(eventSchemaNames(contract))
      .map(([type, name]) => eventSection(schemas, type, schemas[name]))
      .join('\n\n'),
    resultsFields: fieldsTable(schemas, schemas.EventResults),
    acceptedFields: fieldsTable(schemas, schemas.TakenResult),
    rejectedFields: fieldsTable(schemas, schemas.RejectedResult),
    errorFields: fieldsTable(schemas, schemas.EventError)
  })
  return `${BANNER}\n\n${page}`
}

type Schemas = Record<string, Schema>

function limitsTable(contract: OpenApiDocument): string {
  const { maxItems } = (contract.components.schemas.EventBatch.properties as { events: { maxItems: number } }).events
  const { max_request_bytes, max_event_bytes } = contract['x-limits']
  return table(
    ['Limit', 'At most'],
    [
      ['Events in a request', formatNumber(maxItems)],
      ['A request, as uncompressed JSON in UTF-8', `${formatNumber(max_request_bytes)} bytes`],
      ['An event, as uncompressed JSON in UTF-8', `${formatNumber(max_event_bytes)} bytes`]
    ]
  )
}

const requestRows = (contract: OpenApiDocument): string[][] =>
  Object.entries(contract.paths).flatMap(([path, operations]) =>
    Object.entries(operations).map(([method, { summary, responses }]) => [
      inlineCode(`${method.toUpperCase()} ${path}`),
      summary,
      Object.keys(responses).map(inlineCode).join(', ')
    ])
  )

function eventSection(schemas: Schemas, type: string, schema: Schema): string {
  const parts = schema.allOf as Schema[]
  const isOf = (name: string) => parts.some(({ $ref }) => $ref === `#/components/schemas/${name}`)
  const own = parts
    .map((part) => resolved(schemas, part))
    .filter((part) => part !== schemas.EventCommon && part !== schemas.KnownUser && part.properties)
  const who = isOf('KnownUser') ? 'Needs `external_user_id`.' : 'Needs at least one of the two ids.'
  return [
    `### ${inlineCode(type)}`,
    '',
    `${sentence(schema)} ${who}`,
    '',
    table(
      HEADER,
      own.flatMap((part) => rows(schemas, part))
    )
  ].join('\n')
}

const HEADER = ['Field', 'Type', 'Required', 'What it is']

const fieldsTable = (schemas: Schemas, schema: Schema) => table(HEADER, rows(schemas, schema))

function rows(schemas: Schemas, { properties = {}, required = [] }: Schema): string[][] {
  return Object.entries(properties as Schemas).map(([name, property]) => {
    const schema = { ...resolved(schemas, property), ...property }
    return [inlineCode(name), typeOf(schema), (required as string[]).includes(name) ? 'Yes' : 'No', sentence(schema)]
  })
}

/** More values than a table wants to show. */
const MANY_VALUES = 20

function typeOf({ type, format, enum: values, const: value, minimum, maximum, maxLength }: Schema): string {
  if (value !== undefined) return inlineCode(JSON.stringify(value))
  if (Array.isArray(values) && values.length <= MANY_VALUES)
    return values.map((each) => inlineCode(String(each))).join(', ')
  const bounds = [
    minimum === undefined ? [] : [`from ${formatNumber(minimum as number)}`],
    maximum === undefined ? [] : [`to ${formatNumber(maximum as number)}`],
    maxLength === undefined ? [] : [`up to ${formatNumber(maxLength as number)} characters`]
  ].flat()
  const kinds = [format ?? type ?? 'object'].flat() as string[]
  return [kinds.join(' or '), ...bounds].join(', ')
}

function resolved(schemas: Schemas, schema: Schema): Schema {
  return typeof schema.$ref === 'string' ? schemas[schema.$ref.split('/').pop() as string] : schema
}

const sentence = ({ description = '' }: Schema) => String(description).trim().replaceAll('\n', ' ')
