import Ajv2020 from 'ajv/dist/2020'
import addFormats from 'ajv-formats'
import { CURRENCY_DIGITS, eventSchemaNames, LIMITS, loadContract, SERVER, type Schema } from '..'

const contract = loadContract()
const ajv = addFormats(new Ajv2020({ strict: true, strictTypes: false, strictRequired: false }))
ajv.addVocabulary(['example', 'components'])
ajv.addSchema({ $id: 'contract', components: contract.components })

/** Validates a value against a schema that may refer to others of the document. */
function violationsOf(schema: Schema, value: unknown): unknown {
  const text = JSON.stringify(schema).replaceAll('"#/', '"contract#/')
  const validate = ajv.compile(JSON.parse(text) as Schema)
  return validate(value) ? [] : validate.errors
}

interface Example {
  where: string
  schema: Schema
  value: unknown
}

/** Every example of the document, with its schema. */
function examplesIn(node: unknown, where: string): Example[] {
  if (node === null || typeof node !== 'object') return []
  const { schema, example, examples } = node as {
    schema?: Schema
    example?: unknown
    examples?: Record<string, { value: unknown }>
  }
  const own: Example[] = schema
    ? [
        ...(example === undefined ? [] : [{ where, schema, value: example }]),
        ...Object.entries(examples ?? {}).map(([name, { value }]) => ({ where: `${where} ${name}`, schema, value }))
      ]
    : []
  const children = Object.entries(node).filter(([key]) => key !== 'schema' && key !== 'examples')
  return [...own, ...children.flatMap(([key, child]) => examplesIn(child, `${where}/${key}`))]
}

const EXAMPLES = [...examplesIn(contract.paths, ''), ...examplesIn(contract.components.responses, 'responses')]
const EVENTS = EXAMPLES.flatMap(({ value }) => (value as { events?: { type: string }[] }).events ?? [])

describe('the contract', () => {
  it.each(EXAMPLES.map((example) => [example.where, example] as const))(
    'has a valid example at %s',
    (_, { schema, value }) => {
      expect(violationsOf(schema, value)).toEqual([])
    }
  )

  it.each(Object.keys(eventSchemaNames(contract)))('has an example of an event of type %s', (type) => {
    expect(EVENTS.map((event) => event.type)).toContain(type)
  })

  it.each(['200', '207', '401', '413', '422', '429', '5XX'])(
    'has an example of the response %s to events',
    (status) => {
      const response = contract.paths['/v1/events'].post.responses[status]
      const name =
        '$ref' in response
          ? `responses/${response.$ref.split('/').pop() as string}`
          : `/v1/events/post/responses/${status}`
      expect(EXAMPLES.some(({ where }) => where.includes(name))).toBe(true)
    }
  )

  it('has the limits and the server of the generated types', () => {
    const { maxItems } = (contract.components.schemas.EventBatch.properties as { events: { maxItems: number } }).events
    const { max_request_bytes, max_event_bytes } = contract['x-limits']
    expect(LIMITS).toEqual({ maxEvents: maxItems, maxRequestBytes: max_request_bytes, maxEventBytes: max_event_bytes })
    expect(LIMITS).toEqual({ maxEvents: 1000, maxRequestBytes: 4 * 1024 * 1024, maxEventBytes: 32 * 1024 })
    expect(SERVER).toBe(contract.servers[0].url)
  })
})

describe('the digits of the currencies', () => {
  it('are known of each currency of the contract', () => {
    expect(Object.keys(CURRENCY_DIGITS)).toEqual(contract.components.schemas.Currency.enum)
  })

  it.each([
    ['USD', 2],
    ['JPY', 0],
    ['KWD', 3],
    ['CLF', 4],
    ['HUF', 2],
    ['BYR', 0],
    ['HRK', 2]
  ])('are as ISO 4217, or CLDR for the past, has them: %s', (code, digits) => {
    expect(CURRENCY_DIGITS[code]).toBe(digits)
  })
})

const base = { id: 'm', occurred_at: '2026-03-02T09:14:07Z', external_user_id: 'u' }
const event = (fields: object) => ({ events: [{ ...base, ...fields }] })

describe('an event', () => {
  const schema = { $ref: '#/components/schemas/EventBatch' }

  it.each([
    ['a payment of nothing', event({ type: 'payment', amount: 0, currency: 'USD' })],
    [
      'an attribute of a visitor',
      event({ type: 'attribute', external_user_id: undefined, anonymous_id: 'v', attributes: { a: null } })
    ],
    ['at a nanosecond', event({ type: 'cancel', occurred_at: '2026-02-03T00:00:00.000000001+01:00' })],
    ['a payment in a currency of the past', event({ type: 'payment', amount: 1, currency: 'HRK' })],
    ['a visit with only the required fields', event({ type: 'visit', channel: 'screen' })]
  ])('may be %s', (_, batch) => {
    expect(violationsOf(schema, JSON.parse(JSON.stringify(batch)))).toEqual([])
  })

  it.each([
    ['no id', event({ type: 'cancel', id: undefined })],
    ['a blank id', event({ type: 'cancel', id: ' ' })],
    ['a day that does not exist', event({ type: 'cancel', occurred_at: '2026-02-30T00:00:00Z' })],
    ['ten digits of a second', event({ type: 'cancel', occurred_at: '2026-02-03T00:00:00.0000000001Z' })],
    ['neither of the two ids', event({ type: 'event', name: 'x', external_user_id: undefined })],
    ['a login without a user', event({ type: 'login', external_user_id: undefined, anonymous_id: 'v' })],
    ['a negative amount', event({ type: 'payment', amount: -1, currency: 'USD' })],
    ['an amount that is a string', event({ type: 'payment', amount: '5', currency: 'USD' })],
    ['a currency in lower case', event({ type: 'refund', amount: 1, currency: 'usd' })],
    ['an unknown currency', event({ type: 'refund', amount: 1, currency: 'XXX' })],
    ['an alias without the previous id', event({ type: 'alias' })],
    ['an unknown type', event({ type: 'purchase' })],
    ['an unknown field', event({ type: 'cancel', reason: 'price' })],
    ['an unknown field of its context', event({ type: 'cancel', context: { city: 'Bilbao' } })],
    ['a campaign parameter that is not a string', event({ type: 'cancel', context: { campaign: { id: 5 } } })]
  ])('may not have %s', (_, batch) => {
    expect(violationsOf(schema, JSON.parse(JSON.stringify(batch)))).not.toEqual([])
  })

  it('comes in a batch of 1 to 1,000', () => {
    const [one] = event({ type: 'cancel' }).events
    expect(violationsOf(schema, { events: Array(LIMITS.maxEvents).fill(one) })).toEqual([])
    expect(violationsOf(schema, { events: Array(LIMITS.maxEvents + 1).fill(one) })).not.toEqual([])
    expect(violationsOf(schema, { events: [] })).not.toEqual([])
  })
})
