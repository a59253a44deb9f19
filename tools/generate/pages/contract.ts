import { eventSchemaNames, type OpenApiDocument, type Schema } from '@tractionboard/contract'
import { BANNER, code, table } from '../../../packages/cli/src/docs/markdown'

/** The page `docs/contract.md`: the wire contract in tables, for people. */
export function contractPage(contract: OpenApiDocument): string {
  const { schemas } = contract.components
  const { maxItems } = (schemas.EventBatch.properties as { events: { maxItems: number } }).events
  const { max_request_bytes, max_event_bytes } = contract['x-limits']
  return `${BANNER}

# The wire contract

${contract.info.description.trim()}

The contract is \`packages/contract/openapi.yaml\`, an OpenAPI 3.1 document. Generated from it are this page, the types in
\`wire-types.ts\`, and the server and the limits in \`wire-constants.ts\`. The sandbox validates every request against it. To
read it as a page of its own: \`npx redocly build-docs packages/contract/openapi.yaml\`.

## If Tractionboard's API is different

1. Change \`packages/contract/openapi.yaml\`, and run \`npm run generate\`. It writes the types, the server, the limits and the
   docs.
2. Run \`npm run typecheck\` to find the code that no longer fits, and change it. In \`packages/destination/src\`:

${table(
  ['What is different', 'Change'],
  [
    ['A path, a method, a header, or the body around the events', '`api.ts`'],
    ['The version in the path', '`versioning-info.ts`'],
    ['What a response says', '`responses.ts`'],
    ['What an HTTP status means', 'the table in `outcomes.ts`'],
    ['A member that every event has', '`base-event.ts`'],
    ['A member of the page, which is sent under the name of its field', '`fields.ts`'],
    ['A member that one type of event has', '`index.ts` of its action, such as `payment/index.ts`'],
    ['The format of an amount, a currency or a time', '`values.ts`']
  ]
)}

3. Change \`packages/sandbox/src\` in the same way: it reads the events and writes the responses. Its state and its model use
   the members of the events by name.
4. Change the expected events in \`packages/destination/src/__tests__/wire.test.ts\`. Run \`npm run record\`, which records
   the HTTP that the other tests replay, and \`npm test\`.

The presets, the fields that customers see (except those of the page), and the commands do not change.

## Requests

Every request has the Token ID in the header \`Authorization: Bearer <Token ID>\`, and goes to ${contract.servers[0].url}.

${table(['Request', 'What it does', 'Responses'], requests(contract))}

## Limits

${table(
  ['Limit', 'At the most'],
  [
    ['Events in a request', number(maxItems)],
    ['A request, as uncompressed JSON in UTF-8', `${number(max_request_bytes)} bytes`],
    ['An event, as uncompressed JSON in UTF-8', `${number(max_event_bytes)} bytes`]
  ]
)}

## Events

Every event has these fields. An event about a known user needs \`external_user_id\`; every other event needs at least one of
\`external_user_id\` and \`anonymous_id\`.

${fieldsTable(schemas, schemas.EventCommon)}

The \`context\` has these:

${fieldsTable(schemas, schemas.Context)}

${Object.entries(eventSchemaNames(contract))
  .map(([type, name]) => eventSection(schemas, type, schemas[name]))
  .join('\n\n')}

## Results

The response to events has counts that add up, and exactly one result for each event:

${fieldsTable(schemas, schemas.EventResults)}

A result of an event that was accepted, now or before:

${fieldsTable(schemas, schemas.TakenResult)}

A result of an event that was rejected:

${fieldsTable(schemas, schemas.RejectedResult)}

Its error:

${fieldsTable(schemas, schemas.EventError)}
`
}

type Schemas = Record<string, Schema>

const number = (value: number) => value.toLocaleString('en-US')

const requests = (contract: OpenApiDocument): string[][] =>
  Object.entries(contract.paths).flatMap(([path, operations]) =>
    Object.entries(operations).map(([method, { summary, responses }]) => [
      code(`${method.toUpperCase()} ${path}`),
      summary,
      Object.keys(responses).map(code).join(', ')
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
    `### ${code(type)}`,
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
    return [code(name), typeOf(schema), (required as string[]).includes(name) ? 'Yes' : 'No', sentence(schema)]
  })
}

/** More values than a table wants to show. */
const MANY_VALUES = 20

function typeOf({ type, format, enum: values, const: value, minimum, maximum, maxLength }: Schema): string {
  if (value !== undefined) return code(JSON.stringify(value))
  if (Array.isArray(values) && values.length <= MANY_VALUES) return values.map((each) => code(String(each))).join(', ')
  const bounds = [
    minimum === undefined ? [] : [`from ${number(minimum as number)}`],
    maximum === undefined ? [] : [`to ${number(maximum as number)}`],
    maxLength === undefined ? [] : [`up to ${number(maxLength as number)} characters`]
  ].flat()
  const kinds = [format ?? type ?? 'object'].flat() as string[]
  return [kinds.join(' or '), ...bounds].join(', ')
}

function resolved(schemas: Schemas, schema: Schema): Schema {
  return typeof schema.$ref === 'string' ? schemas[schema.$ref.split('/').pop() as string] : schema
}

const sentence = ({ description = '' }: Schema) => String(description).trim().replaceAll('\n', ' ')
