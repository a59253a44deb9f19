import { LIMITS } from '@tractionboard/contract'
import { validateEvent } from '../validation/event'
import { contract, eventTypes } from '../contract'
import { MAX_DEPTH } from '../json'
import { on, sized } from './support/events'

const visit = on(1, 'visit', { user: 'u', anonymous: 'a' })
const payment = on(1, 'payment', { user: 'u' })
const alias = on(1, 'alias', { user: 'new', previous_id: 'old' })

/** A copy without some fields. */
const without = (event: object, ...names: string[]): unknown =>
  Object.fromEntries(Object.entries(event).filter(([name]) => !names.includes(name)))

const TYPES = 'visit, login, payment, refund, cancel, signup, attribute, alias, event'

const INVALID: [what: string, event: unknown, field: string | null, message: string][] = [
  ['null', null, null, 'The event is not an object. Send an object.'],
  ['a list', [], null, 'The event is not an object. Send an object.'],
  ['no type', without(visit, 'type'), 'type', `type is missing from the event. Send one of: ${TYPES}.`],
  ['an unknown type', { ...visit, type: 'Visit' }, 'type', `type of the event is not known. Send one of: ${TYPES}.`],
  [
    'a type named like a part of a prototype',
    { ...visit, type: 'constructor' },
    'type',
    `type of the event is not known. Send one of: ${TYPES}.`
  ],
  [
    'neither of the two ids',
    without(visit, 'external_user_id', 'anonymous_id'),
    'external_user_id',
    'external_user_id and anonymous_id are both missing from an event of type visit. Add at least one of them.'
  ],
  [
    'a login without a user',
    on(1, 'login', { anonymous: 'a' }),
    'external_user_id',
    'external_user_id is missing from an event of type login. Add it.'
  ],
  [
    'a user that is null',
    { ...visit, external_user_id: null },
    'external_user_id',
    'external_user_id of an event of type visit is not a string. Send a string.'
  ],
  [
    'a user that is a number',
    { ...visit, external_user_id: 7 },
    'external_user_id',
    'external_user_id of an event of type visit is not a string. Send a string.'
  ],
  [
    'a blank user',
    { ...visit, external_user_id: ' \t' },
    'external_user_id',
    'external_user_id of an event of type visit is blank. Send something that is not only blanks.'
  ],
  [
    'a user that is too long',
    { ...visit, external_user_id: 'x'.repeat(256) },
    'external_user_id',
    'external_user_id of an event of type visit is too long: its greatest length is 255. Shorten it.'
  ],
  ['no id', without(visit, 'id'), 'id', 'id is missing from an event of type visit. Add it.'],
  [
    'an empty id',
    { ...visit, id: '' },
    'id',
    'id of an event of type visit is too short: its least length is 1. Send a longer one.'
  ],
  [
    'a day that does not exist',
    { ...visit, occurred_at: '2026-02-30T00:00:00Z' },
    'occurred_at',
    'occurred_at of an event of type visit is not an RFC 3339 date-time. Send one with a time zone, such as 2026-03-02T09:14:07.120Z.'
  ],
  [
    'more than nine digits of a second',
    { ...visit, occurred_at: '2026-02-03T00:00:00.1234567890Z' },
    'occurred_at',
    'occurred_at of an event of type visit has more than nine digits after the decimal point. Cut the others off.'
  ],
  [
    'an unknown channel',
    { ...visit, channel: 'tv' },
    'channel',
    'channel of an event of type visit is not an allowed value. Send one of: page, screen.'
  ],
  [
    'a field of another type of event',
    { ...visit, amount: 1 },
    'amount',
    'amount of an event of type visit is not a known field. Remove it, or correct its name.'
  ],
  [
    'a wrong field of the page',
    { ...visit, context: { page: { url: 1 } } },
    'context.page.url',
    'context.page.url of an event of type visit is not a string. Send a string.'
  ],
  [
    'an unknown field of the page',
    { ...visit, context: { page: { uri: 'x' } } },
    'context.page.uri',
    'context.page.uri of an event of type visit is not a known field. Remove it, or correct its name.'
  ],
  [
    'a wrong parameter of the campaign',
    { ...visit, context: { campaign: { 'a/b~c': 1 } } },
    'context.campaign.a/b~c',
    'context.campaign.a/b~c of an event of type visit is not a string. Send a string.'
  ],
  [
    'an unknown field with a very long name',
    { ...visit, ['x'.repeat(1000)]: 1 },
    `${'x'.repeat(64)}…`,
    `${'x'.repeat(64)}… of an event of type visit is not a known field. Remove it, or correct its name.`
  ],
  [
    'a field without a name',
    { ...visit, '': 1 },
    '""',
    '"" of an event of type visit is not a known field. Remove it, or correct its name.'
  ],
  [
    'a field named like a prototype',
    JSON.parse(JSON.stringify(visit).replace('{', '{"__proto__":{"id":"x"},')),
    '__proto__',
    '__proto__ of an event of type visit is not a known field. Remove it, or correct its name.'
  ],
  [
    'an amount that is a string',
    { ...payment, amount: '5' },
    'amount',
    'amount of an event of type payment is not a number. Send a number.'
  ],
  [
    'an amount beyond all numbers',
    { ...payment, amount: JSON.parse('1e400') as number },
    'amount',
    'amount of an event of type payment is not a number. Send a number.'
  ],
  [
    'a negative amount',
    { ...payment, amount: -0.01 },
    'amount',
    'amount of an event of type payment is below 0. Send 0 or more.'
  ],
  [
    'an amount that is too great',
    { ...payment, amount: 1e14 },
    'amount',
    'amount of an event of type payment is above 10000000000000. Send 10000000000000 or less.'
  ],
  [
    'a misspelled amount',
    { ...(without(payment, 'amount') as object), ammount: 1 },
    'amount',
    'amount is missing from an event of type payment. Add it.'
  ],
  [
    'a currency in lower case',
    { ...payment, currency: 'usd' },
    'currency',
    'usd is not a currency. Correct currency of an event of type payment: send a code of ISO 4217 in upper case, such as USD.'
  ],
  [
    'gold',
    { ...payment, currency: 'XAU' },
    'currency',
    'XAU is not a currency. Correct currency of an event of type payment: send a code of ISO 4217 in upper case, such as USD.'
  ],
  [
    'a currency that is no code of three letters',
    { ...payment, currency: 'euro' },
    'currency',
    'currency of an event of type payment is not a currency. Send a code of ISO 4217 in upper case, such as USD.'
  ],
  [
    'attributes that are a list',
    { ...on(1, 'attribute', { user: 'u' }), attributes: [] },
    'attributes',
    'attributes of an event of type attribute is not an object. Send an object.'
  ],
  [
    'an alias without the previous id',
    without(alias, 'previous_id'),
    'previous_id',
    'previous_id is missing from an event of type alias. Add it.'
  ],
  [
    'an alias to itself',
    { ...alias, previous_id: 'new' },
    'previous_id',
    'previous_id of an event of type alias is the same as external_user_id. Send the id that the user had before.'
  ],
  [
    'values that are nested too deep',
    { ...visit, properties: JSON.parse('{"a":'.repeat(MAX_DEPTH) + '1' + '}'.repeat(MAX_DEPTH)) as object },
    null,
    `The event is nested deeper than ${MAX_DEPTH} levels. Make it flatter.`
  ]
]

describe('validateEvent', () => {
  it.each([...eventTypes().keys()] as Parameters<typeof on>[1][])('accepts a valid %s', (type) => {
    const event = on(1, type, { user: 'u', ...(type === 'alias' && { previous_id: 'old' }) })
    expect(validateEvent(event)).toBeUndefined()
  })

  it.each(INVALID)('rejects %s', (_what, event, field, message) => {
    expect(validateEvent(event)).toStrictEqual({ code: 'invalid', field, message })
  })

  it('reports the same of several errors whatever the order of the fields', () => {
    const wrong = { ...payment, amount: 'x', currency: 'x', id: 5, extra: 1 }
    const reversed = Object.fromEntries(Object.entries(wrong).reverse())
    expect(validateEvent(reversed)).toEqual(validateEvent(wrong))
  })

  it.each([
    ['a type', { type: 'ada@acme.example' }],
    ['an id', { id: ['ada@acme.example'] }],
    ['a user', { external_user_id: 'ada@acme.example'.repeat(20) }],
    ['a time', { occurred_at: 'ada@acme.example' }],
    ['an amount', { amount: 'ada@acme.example' }],
    ['a currency', { currency: 'ada@acme.example' }],
    ['an unknown field', { email: 'ada@acme.example' }],
    ['a page', { context: { page: 'ada@acme.example' } }],
    [
      'an alias to itself',
      {
        amount: undefined,
        currency: undefined,
        ...alias,
        external_user_id: 'ada@acme.example',
        previous_id: 'ada@acme.example'
      }
    ]
  ])('does not repeat the value of %s', (_what, wrong) => {
    expect(validateEvent({ ...payment, ...wrong })?.message).toEqual(expect.not.stringContaining('ada'))
  })

  it('accepts an event of the greatest size', () => {
    expect(validateEvent(sized(LIMITS.maxEventBytes))).toBeUndefined()
  })

  it('rejects an event that is one byte larger', () => {
    expect(validateEvent(sized(LIMITS.maxEventBytes + 1))).toStrictEqual({
      code: 'too_large',
      field: null,
      message: `An event of type event is larger than ${LIMITS.maxEventBytes} bytes of JSON. Leave something out, or shorten it.`
    })
  })

  it('calls a text that breaks a pattern blank, because the contract has no other pattern but that of date-times', () => {
    const patterns = JSON.stringify(contract()).match(/("format":"[^"]*",)?"pattern":"[^"]*"/g)
    expect(new Set(patterns)).toEqual(
      new Set(['"pattern":"\\\\S"', '"format":"date-time","pattern":"^[^.]*(\\\\.\\\\d{1,9}\\\\D.*)?$"'])
    )
  })

  it.each(['2026-01-01T00:00:00.123456789Z', '2026-01-01T00:00:00.123456789+01:00', '2026-01-01T00:00:00Z'])(
    'accepts the time %s',
    (occurred_at) => {
      expect(validateEvent({ ...visit, occurred_at })).toBeUndefined()
    }
  )

  it.each(['HRK', 'LTL', 'BYR', 'DEM', 'ITL', 'VEF', 'ZWL', 'XAF', 'XCD', 'XOF', 'XPF', 'XCG'])(
    'accepts the currency %s',
    (currency) => {
      expect(validateEvent({ ...payment, currency })).toBeUndefined()
    }
  )

  it.each(['XXX', 'XTS', 'XAU', 'XDR', 'XBA', 'XEU'])('does not accept %s as a currency', (currency) => {
    expect(validateEvent({ ...payment, currency })).toMatchObject({ field: 'currency' })
  })

  it('accepts the category of a visit', () => {
    expect(validateEvent({ ...visit, category: 'Docs' })).toBeUndefined()
  })
})
