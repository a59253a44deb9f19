import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { reference, type Action, type Reference, type Spend } from '../reference'

type Fields = Record<string, unknown>

let folder: string
let calls = 0

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'reference-'))
  calls = 0
})

afterEach(() => rmSync(folder, { recursive: true }))

/** A call of the user `u`, a minute after the one made before it, unless the fields say otherwise. */
const call = (type: string, overrides: Fields = {}): Fields => {
  calls += 1
  const timestamp = new Date(Date.UTC(2026, 0, 1, 0, calls)).toISOString()
  return { type, messageId: `m${calls}`, timestamp, userId: 'u', context: {}, ...overrides }
}

const track = (event: string, properties: Fields = {}, overrides: Fields = {}) =>
  call('track', { event, properties, ...overrides })
const paid = (properties: Fields, overrides: Fields = {}) => track('Payment Made', properties, overrides)
const refunded = (properties: Fields, overrides: Fields = {}) => track('Refund Received', properties, overrides)
const identify = (traits: Fields, overrides: Fields = {}) => call('identify', { traits, ...overrides })
const alias = (userId: string, previousId: string) => call('alias', { userId, previousId })
const anonymous = { userId: null, anonymousId: 'a' }

/** What the reference says of an archive of one file with these calls, or these texts, on its lines. */
const of = (...lines: (Fields | string)[]): Reference => ofFiles({ 'one.json.gz': lines })

const ofFiles = (files: Record<string, (Fields | string)[]>, spend: Spend[] = []): Reference => {
  const paths = Object.entries(files).map(([name, lines]) => {
    const text = lines.map((line) => (typeof line === 'string' ? line : JSON.stringify(line))).join('\n')
    writeFileSync(join(folder, name), gzipSync(`${text}\n`))
    return join(folder, name)
  })
  return reference(paths, spend)
}

const statuses = (result: Reference) => result.verdicts.map(({ status }) => status)
const reasons = (result: Reference) => result.verdicts.map(({ reason, field }) => reason && [reason, field])
const user = (result: Reference, id = 'u') => result.users.find(({ external_user_id }) => external_user_id === id)
const userIds = (result: Reference) => result.users.map(({ external_user_id }) => external_user_id)

describe('reference: the lines', () => {
  it('are counted, and those that are no JSON object are named', () => {
    const result = of(call('page'), '{"type":"page","messa', '[1]', '', call('page'))
    expect(result).toMatchObject({ lines: 4, calls: 2 })
    expect(result.malformedLines).toEqual([
      { file: 'one.json.gz', line: 2 },
      { file: 'one.json.gz', line: 3 }
    ])
    expect(result.verdicts.map(({ line }) => line)).toEqual([1, 5])
  })

  it('are no calls without a type', () => {
    expect(of({ messageId: 'm' })).toMatchObject({ calls: 0, malformedLines: [{ line: 1 }] })
  })

  it('are no calls if they are not UTF-8', () => {
    const path = join(folder, 'latin1.ndjson')
    writeFileSync(path, Buffer.from(`${JSON.stringify(call('page', { userId: 'Zo\u00eb' }))}\n`, 'latin1'))
    expect(reference([path])).toMatchObject({ calls: 0, malformedLines: [{ line: 1 }] })
  })

  it('may begin with a byte-order mark', () => {
    expect(of(`\ufeff${JSON.stringify(call('page'))}`)).toMatchObject({ calls: 1, malformedLines: [] })
  })

  it('are read by the name of the file, whatever the order they are given in', () => {
    const result = ofFiles({ 'b.json.gz': [call('page')], 'a.json.gz': [call('page')] })
    expect(result.verdicts.map(({ file }) => file)).toEqual(['a.json.gz', 'b.json.gz'])
  })
})

describe('reference: the action of a call', () => {
  const linked = { personas: { event_emitter_id: 'e1' } }
  const engage = { personas: { computation_key: 'big_spender', computation_class: 'audience' } }

  it.each<[string, Fields, Action | null]>([
    ['a page', { type: 'page' }, 'visit'],
    ['a screen', { type: 'screen' }, 'visit'],
    ['an identify', { type: 'identify', userId: 'u' }, 'login'],
    ['an identify with an empty user id', { type: 'identify', userId: '' }, 'attribute'],
    ['an identify with a blank user id', { type: 'identify', userId: ' ' }, 'login'],
    ['an identify with a placeholder as user id', { type: 'identify', userId: 'null' }, 'login'],
    ['an identify without a user id', { type: 'identify', userId: undefined }, 'attribute'],
    ['an identify whose user id is null', { type: 'identify', userId: null }, 'attribute'],
    ['an identify made by Engage', { type: 'identify', userId: 'u', context: engage }, 'attribute'],
    ['an identify of a linked audience', { type: 'identify', userId: 'u', context: linked }, 'attribute'],
    ['Payment Made', { type: 'track', event: 'Payment Made' }, 'payment'],
    ['Refund Received', { type: 'track', event: 'Refund Received' }, 'refund'],
    ['cancel', { type: 'track', event: 'cancel' }, 'cancel'],
    ['signup', { type: 'track', event: 'signup' }, 'signup'],
    ['any other track', { type: 'track', event: 'Signup' }, 'event'],
    ['a group', { type: 'group', groupId: 'g' }, 'attribute'],
    ['an alias', { type: 'alias' }, 'alias'],
    ['a call of another type', { type: 'delete' }, null]
  ])('of %s', (_name, overrides, action) => {
    expect(of(call('', overrides)).verdicts[0].action).toBe(action)
  })

  it('decides the status of a call that nothing subscribes to', () => {
    expect(of(call('delete')).totals).toEqual({ accepted: 0, duplicate: 0, rejected: 0, 'not subscribed': 1 })
  })
})

describe('reference: a call is rejected', () => {
  it.each<[string, Fields, string, string]>([
    ['without a message id', { messageId: undefined }, 'blank message id', 'id'],
    ['with a blank message id', { messageId: ' ' }, 'blank message id', 'id'],
    ['without a timestamp', { timestamp: undefined }, 'not a date', 'occurred_at'],
    ['with a timestamp that is not a date', { timestamp: 'foo 1' }, 'not a date', 'occurred_at'],
    ['with a day that no calendar has', { timestamp: '2026-02-30T10:00:00.000Z' }, 'not a date', 'occurred_at'],
    ['with an hour that no clock has', { timestamp: '2026-02-03T24:30:00.000Z' }, 'not a date', 'occurred_at'],
    ['about nobody', { userId: null }, 'nobody', 'external_user_id'],
    ['as a login of a blank user', { type: 'identify', userId: ' ' }, 'unusable user id', 'external_user_id'],
    ['as a login of a placeholder', { type: 'identify', userId: 'NaN' }, 'unusable user id', 'external_user_id'],
    ['with a null context', { context: null }, 'unprocessable', 'context'],
    ['with null personas', { context: { personas: null } }, 'unprocessable', 'context'],
    ['as a signup of nobody known', { type: 'track', event: 'signup', ...anonymous }, 'no user', 'external_user_id'],
    ['as a cancel of nobody known', { type: 'track', event: 'cancel', ...anonymous }, 'no user', 'external_user_id'],
    ['as an alias to nobody known', { type: 'alias', previousId: 'p', ...anonymous }, 'no user', 'external_user_id'],
    ['as an alias of nothing', { type: 'alias' }, 'no previous id', 'previous_id'],
    ['as an alias to itself', { type: 'alias', previousId: 'u' }, 'alias to itself', 'previous_id'],
    ['as an identify without traits', { type: 'identify', ...anonymous }, 'no attributes', 'attributes'],
    ['as an identify with no trait', { type: 'identify', traits: {}, ...anonymous }, 'no attributes', 'attributes'],
    ['as a group without an id and traits', { type: 'group' }, 'no attributes', 'attributes'],
    ['as an event without a name', { type: 'track' }, 'no event name', 'name']
  ])('%s', (_name, overrides, reason, field) => {
    const result = of(call('page', overrides))
    expect(statuses(result)).toEqual(['rejected'])
    expect(reasons(result)).toEqual([[reason, field]])
  })

  it.each<[string, Fields, string, string]>([
    ['an amount in words', { revenue: '$5' }, 'not an amount', 'amount'],
    ['a boolean amount', { revenue: true }, 'not an amount', 'amount'],
    ['a hexadecimal amount', { revenue: '0x10' }, 'not an amount', 'amount'],
    ['an amount with an exponent', { revenue: '1e2' }, 'not an amount', 'amount'],
    ['an amount with a comma', { revenue: '1,299.00' }, 'not an amount', 'amount'],
    ['a blank amount, though another field has one', { revenue: '', amount: 5 }, 'not an amount', 'amount'],
    ['no amount', { currency: 'USD' }, 'no amount', 'amount'],
    ['a negative amount', { revenue: -5 }, 'negative payment', 'amount'],
    ['a currency that is none', { revenue: 5, currency: 'EURO' }, 'unknown currency', 'currency']
  ])('as a payment with %s', (_name, properties, reason, field) => {
    expect(reasons(of(paid(properties)))).toEqual([[reason, field]])
  })

  it('if it is nested too deeply', () => {
    const [before, after] = JSON.stringify(call('page', { properties: { deep: 0 } })).split('0}')
    expect(reasons(of(`${before}${'['.repeat(7000)}${']'.repeat(7000)}}${after}`))).toEqual([
      ['unprocessable', 'context']
    ])
  })

  it('with no trace left of who it is about', () => {
    expect(of(paid({ revenue: '$5' }))).toMatchObject({ users: [], dashboard: { users: 0, earnings: {} } })
  })
})

describe('reference: the same action and message id', () => {
  it('with the same content is a duplicate, whichever way it took', () => {
    const payment = paid({ revenue: 5 }, { receivedAt: 'then', sentAt: 'then', originalTimestamp: 'then' })
    const again = { ...payment, receivedAt: 'later', sentAt: 'later', originalTimestamp: 'later' }
    const result = ofFiles({ 'a.json.gz': [payment], 'b.json.gz': [again] })
    expect(statuses(result)).toEqual(['accepted', 'duplicate'])
    expect(result.dashboard.earnings).toEqual({ USD: '5.00' })
  })

  it('with the same content in another order is a duplicate', () => {
    const payment = paid({ revenue: 5, currency: 'EUR' })
    const again = Object.fromEntries(Object.entries(payment).reverse())
    expect(statuses(of(payment, { ...again, properties: { currency: 'EUR', revenue: 5 } }))).toEqual([
      'accepted',
      'duplicate'
    ])
  })

  it('with other content is a conflict, and the earlier line counts', () => {
    const payment = paid({ revenue: 5 })
    const result = of(payment, { ...payment, properties: { revenue: 7 } }, payment)
    expect(statuses(result)).toEqual(['accepted', 'rejected', 'duplicate'])
    expect(reasons(result)[1]).toEqual(['conflict', 'id'])
    expect(result.dashboard.earnings).toEqual({ USD: '5.00' })
  })

  it('is free again if the call that had it was rejected', () => {
    const payment = paid({ revenue: '$5' })
    expect(statuses(of(payment, { ...payment, properties: { revenue: 5 } }))).toEqual(['rejected', 'accepted'])
  })

  it('at another time is a duplicate, and the earlier time counts', () => {
    const later = track('signup', {}, { timestamp: '2026-03-01T00:00:00.000Z' })
    const cancel = track('cancel', {}, { timestamp: '2026-02-15T00:00:00.000Z' })
    const result = of(later, cancel, { ...later, timestamp: '2026-02-01T00:00:00.000Z' })
    expect(statuses(result)).toEqual(['accepted', 'accepted', 'duplicate'])
    expect(user(result)?.status).toBe('canceled')
  })

  it.each([0, 1])('in another context is a duplicate, and the smaller context counts (order %i)', (order) => {
    const visit = call('page')
    const [small, large] = ['a', 'b'].map((source) => ({ ...visit, context: { campaign: { source } } }))
    const result = of(...(order === 0 ? [small, large] : [large, small]))
    expect(statuses(result)).toEqual(['accepted', 'duplicate'])
    expect(user(result)?.first_touch.source).toBe('a')
  })

  it.each<[string, Fields, Fields]>([
    ['person', { userId: 'u' }, { userId: 'v' }],
    ['device', { anonymousId: 'a' }, { anonymousId: 'b' }],
    ['name', { name: 'Home' }, { name: 'Shop' }],
    ['channel', { type: 'page' }, { type: 'screen' }],
    ['category', { category: 'Docs' }, { category: 'Blog' }],
    ['property', { properties: { plan: 'a' } }, { properties: { plan: 'b' } }]
  ])('with another %s is a conflict', (_name, one, other) => {
    const visit = call('page')
    expect(statuses(of({ ...visit, ...one }, { ...visit, ...other }))).toEqual(['accepted', 'rejected'])
  })

  it('has the category of the root before that of the properties', () => {
    const visit = call('page', { category: 'Docs', properties: {} })
    const twice = { ...visit, properties: { category: 'Docs' } }
    expect(reasons(of(visit, twice))[1]).toEqual(['conflict', 'id'])
    expect(statuses(of(visit, { ...visit, name: null, category: 'Docs' }))).toEqual(['accepted', 'duplicate'])
  })

  it('leaves the parts of the page out of the properties of a visit', () => {
    const url = 'https://acme.example/'
    const visit = call('page', { context: { page: { url } }, properties: { url } })
    expect(statuses(of(visit, { ...visit, properties: {} }))).toEqual(['accepted', 'duplicate'])
    expect(statuses(of(visit, { ...visit, properties: { url: '/virtual' } }))).toEqual(['accepted', 'duplicate'])
    const elsewhere = { page: { url: 'https://acme.example/elsewhere' } }
    expect(statuses(of(visit, { ...visit, context: elsewhere }))).toEqual(['accepted', 'duplicate'])
    expect(statuses(of(visit, { ...visit, properties: { url, plan: 'pro' } }))).toEqual(['accepted', 'rejected'])
  })

  it('with another action is another event', () => {
    const payment = paid({ revenue: 5 })
    expect(statuses(of(payment, { ...payment, event: 'Refund Received' }))).toEqual(['accepted', 'accepted'])
  })
})

describe('reference: money', () => {
  it.each<[string, Fields, Record<string, string>]>([
    ['a number', { revenue: 19.99 }, { USD: '19.99' }],
    ['a decimal string', { revenue: '49.00' }, { USD: '49.00' }],
    ['a decimal string with spaces around it', { revenue: ' 49.5 ' }, { USD: '49.50' }],
    ['zero', { revenue: 0, amount: 5 }, { USD: '0.00' }],
    ['the amount, without a revenue', { revenue: null, amount: 1, total: 2, value: 3 }, { USD: '1.00' }],
    ['the total, without an amount', { total: 2, value: 3 }, { USD: '2.00' }],
    ['the value, without a total', { value: 3 }, { USD: '3.00' }],
    ['another currency, in lower case', { revenue: 5, currency: 'eur' }, { EUR: '5.00' }],
    ['a currency that is null', { revenue: 5, currency: null }, { USD: '5.00' }]
  ])('is read from %s', (_name, properties, earnings) => {
    expect(of(paid(properties)).dashboard.earnings).toEqual(earnings)
  })

  it('adds up to the cent', () => {
    expect(of(paid({ revenue: 0.1 }), paid({ revenue: 0.2 })).dashboard.earnings).toEqual({ USD: '0.30' })
  })

  it('is given back whichever sign the refund has', () => {
    const result = of(paid({ revenue: 10 }), refunded({ revenue: 1.5 }), refunded({ revenue: -2 }))
    expect(user(result)).toMatchObject({
      earnings: { USD: '10.00' },
      refunds: { USD: '3.50' },
      revenue: { USD: '6.50' }
    })
  })

  it('is kept apart by currency, and may be less than nothing', () => {
    const result = of(paid({ revenue: 10 }), refunded({ revenue: 0.05, currency: 'EUR' }))
    expect(result.dashboard.revenue).toEqual({ EUR: '-0.05', USD: '10.00' })
  })

  it('of a visitor counts in all, and for no user', () => {
    const result = of(paid({ revenue: 10 }, anonymous))
    expect(result).toMatchObject({ dashboard: { earnings: { USD: '10.00' }, customers: 0, visitors: 1 }, users: [] })
  })

  it.each<[string, number[], string, string]>([
    ['without the tails of floating point', [0.30000000000000004, 19.990000000000002, 4.35], 'USD', '24.64'],
    ['after it is added up, not before', Array.from({ length: 10_000 }, () => 0.004), 'USD', '40.00'],
    ['half away from zero', [0.005], 'USD', '0.01'],
    ['to no digit, in yen', [1234.5], 'JPY', '1235'],
    ['to three digits, in dinars of Kuwait', [1.2345], 'KWD', '1.235'],
    ['to two digits, in forint, as ISO 4217 says', [100], 'HUF', '100.00'],
    ['from a number with an exponent', [1e-7, 0.01], 'USD', '0.01'],
    ['to the digits of a currency of the past', [100], 'BYR', '100']
  ])('is rounded %s', (_name, amounts, currency, earnings) => {
    const result = of(...amounts.map((revenue) => paid({ revenue, currency })))
    expect(result.dashboard.earnings).toEqual({ [currency]: earnings })
  })

  it('of less than nothing is rounded away from zero, and a zero has no sign', () => {
    const result = of(refunded({ revenue: 0.005 }), refunded({ revenue: 0.004, currency: 'EUR' }))
    expect(result.dashboard.revenue).toEqual({ EUR: '0.00', USD: '-0.01' })
  })
})

describe('reference: an unusable part', () => {
  it.each<[string, Fields]>([
    ['a campaign that is a text', { context: { campaign: 'utm_type=classic' } }],
    ['a campaign that is a list', { context: { campaign: [] } }],
    ['a source that is a list', { context: { campaign: { source: ['google'], medium: 'cpc' } } }],
    ['a page that is a text', { context: { page: '/checkout' } }],
    ['a title that is an object', { context: { page: { title: { en: 'Checkout' } } } }],
    ['an anonymous id that is an object', { anonymousId: { id: 'x' } }]
  ])('such as %s does not lose the money', (_name, overrides) => {
    expect(user(of(paid({ revenue: 10 }, overrides)))?.earnings).toEqual({ USD: '10.00' })
  })

  it('of a campaign leaves its other parts', () => {
    const context = { campaign: { source: ['google', 'google'], medium: 'cpc' } }
    expect(user(of(paid({ revenue: 10 }, { context })))?.first_touch).toMatchObject({ source: null, medium: 'cpc' })
  })

  it.each([['a text'], [['a', 'list']], [{ 0: 'a', 1: 'list' }]])('such as traits %j sets no attribute', (traits) => {
    expect(user(of(call('identify', { traits })))?.attributes).toEqual({})
  })
})

describe('reference: the id of a person', () => {
  it.each(['null', 'Undefined', 'NONE', 'nan', '[object Object]', '00000000-0000-0000-0000-000000000000'])(
    'is none if it is %s',
    (placeholder) => {
      expect(reasons(of(call('page', { userId: placeholder, anonymousId: placeholder })))).toEqual([
        ['nobody', 'external_user_id']
      ])
      expect(reasons(of(alias('u', placeholder)))).toEqual([['no previous id', 'previous_id']])
    }
  )

  it('gives way to the anonymous id if it is a placeholder', () => {
    expect(of(call('page', { ...anonymous, userId: 'null' })).dashboard).toMatchObject({ users: 0, visitors: 1 })
  })

  it('is trimmed', () => {
    expect(userIds(of(call('page'), call('page', { userId: ' u' }), call('page', { userId: 'u\n' })))).toEqual(['u'])
  })

  it('may be a number', () => {
    expect(userIds(of(call('page', { userId: 7 })))).toEqual(['7'])
  })
})

describe('reference: a timestamp', () => {
  it.each<[string, Fields]>([
    ['a zone in words', { timestamp: '2026-03-04 05:06:07 UTC' }],
    ['a zone without a colon', { timestamp: '2026-03-04 06:06:07 +0100' }],
    ['nothing but the original timestamp', { timestamp: undefined, originalTimestamp: '2026-03-04T05:06:07Z' }]
  ])('may have %s', (_name, overrides) => {
    const before = track('cancel', {}, { timestamp: '2026-03-04T05:06:06.999Z' })
    const after = track('cancel', {}, { timestamp: '2026-03-04T05:06:07.001Z' })
    expect(user(of(before, track('signup', {}, overrides)))?.status).toBe('active')
    expect(user(of(after, track('signup', {}, overrides)))?.status).toBe('canceled')
  })

  it.each([6, 9])('counts to %i digits of a second', (digits) => {
    const at = (last: string) => ({ timestamp: `2026-03-04T05:06:07.${last.padStart(digits, '0')}Z` })
    expect(user(of(track('cancel', {}, at('1')), track('signup', {}, at('2'))))?.status).toBe('active')
    expect(user(of(track('cancel', {}, at('2')), track('signup', {}, at('1'))))?.status).toBe('canceled')
  })

  it.each([
    [1772600767, '2026-03-04T05:06:07Z'],
    [1772600767123.4, '2026-03-04T05:06:07.1234Z'],
    ['1772600767.25', '2026-03-04T05:06:07.25Z'],
    ['Wed, 04 Mar 2026 05:06:07 GMT', '2026-03-04T05:06:07Z'],
    ['0000-01-01T01:00:00+01:00', '0000-01-01T00:00:00Z']
  ])('may be %j, which is %s', (timestamp, iso) => {
    const signup = track('signup', {}, { timestamp })
    const cancel = track('cancel', {}, { timestamp: iso })
    expect(user(of(signup, { ...cancel, messageId: 'z' }))?.status).toBe('canceled')
    expect(user(of({ ...cancel, timestamp }, { ...signup, timestamp: iso }))?.status).toBe('canceled')
  })

  it.each(['0000-01-01T00:00:00+01:00', '9999-12-31T23:59:59-01:00', 'Mon, 04 Mar 2026 05:06:07 GMT', [1772600767]])(
    'is no date if it is %j',
    (timestamp) => {
      expect(reasons(of(track('signup', {}, { timestamp })))).toEqual([['not a date', 'occurred_at']])
    }
  )

  it('may be a date, the start of that day', () => {
    const signup = track('signup', {}, { timestamp: '2026-01-05' })
    expect(user(of(signup, track('cancel', {}, { timestamp: '2026-01-05T00:00:00.001Z' })))?.status).toBe('canceled')
  })
})

describe('reference: a visitor', () => {
  it.each<[string, () => Fields]>([
    ['logs in', () => identify({}, { anonymousId: 'a' })],
    ['signs up', () => track('signup', {}, { anonymousId: 'a' })],
    ['is claimed by an alias', () => alias('u', 'a')]
  ])('becomes the user who %s, with everything done before', (_name, joins) => {
    const result = of(identify({ newsletter: true }, anonymous), joins())
    expect(result.dashboard).toMatchObject({ users: 1, visitors: 0 })
    expect(user(result)?.attributes).toMatchObject({ newsletter: true })
  })

  it('stays a visitor if a user does no more than use the same device', () => {
    const result = of(call('page', anonymous), call('page', { anonymousId: 'a' }))
    expect(result.dashboard).toMatchObject({ users: 1, visitors: 1 })
  })

  it('becomes the first of two users of one device, who stay two', () => {
    const second = track('signup', {}, { userId: 'v', anonymousId: 'a', timestamp: '2026-03-01T00:00:00.000Z' })
    const first = track('signup', {}, { anonymousId: 'a', timestamp: '2026-02-01T00:00:00.000Z' })
    const result = of(second, first, identify({ hat: 'red' }, { ...anonymous, timestamp: '2026-04-01T00:00:00.000Z' }))
    expect(userIds(result)).toEqual(['u', 'v'])
    expect(user(result, 'u')?.attributes).toEqual({ hat: 'red' })
    expect(user(result, 'v')?.attributes).toEqual({})
  })

  it.each<[string, Fields, Fields]>([
    ['signed up, not who logged in', track('signup', {}, { messageId: 'm-2' }), identify({}, { messageId: 'm-1' })],
    ['has the lower message id', identify({}, { messageId: 'm-1' }), identify({}, { messageId: 'm-2' })]
  ])('becomes, at the same moment, the user who %s', (_name, first, second) => {
    const moment = { anonymousId: 'a', timestamp: '2026-02-01T00:00:00.000Z' }
    const result = of(
      { ...second, ...moment, userId: 'v' },
      { ...first, ...moment, userId: 'u' },
      identify({ hat: 'red' }, anonymous)
    )
    expect(user(result)?.attributes).toEqual({ hat: 'red' })
  })

  it('is not merged with a second user who claims the visitor by an alias', () => {
    const result = of(call('page', anonymous), alias('u', 'a'), alias('v', 'a'))
    expect(userIds(result)).toEqual(['u', 'v'])
  })
})

describe('reference: an alias', () => {
  it('that claims a visitor does not change the id by which the user is known', () => {
    const calls = [call('page', { userId: null, anonymousId: 'device' }), alias('new', 'old'), alias('old', 'device')]
    expect(userIds(of(...calls))).toEqual(['new'])
  })

  it('gives the new id everything of the old one, and keeps the old id as an attribute', () => {
    const result = of(paid({ revenue: 5 }, { userId: 'ada@acme.example' }), alias('u', 'ada@acme.example'))
    expect(userIds(result)).toEqual(['u'])
    expect(user(result)).toMatchObject({ earnings: { USD: '5.00' }, attributes: { previous_id: 'ada@acme.example' } })
  })

  it('holds for what still comes under the old id', () => {
    const result = of(alias('u', 'old'), paid({ revenue: 5 }, { userId: 'old' }))
    expect(result.users).toMatchObject([{ external_user_id: 'u', earnings: { USD: '5.00' } }])
  })

  it('may follow another, on whichever line it stands', () => {
    const [first, second] = [alias('second', 'first'), alias('third', 'second')]
    const result = of(second, first, paid({ revenue: 5 }, { userId: 'first' }))
    expect(result.users).toMatchObject([{ external_user_id: 'third', attributes: { previous_id: 'second' } }])
  })

  it('may lead back', () => {
    expect(userIds(of(alias('new', 'old'), alias('old', 'new')))).toEqual(['old'])
  })
})

describe('reference: a user', () => {
  it.each<[string, string[], string]>([
    ['active without a signup or a cancel', [], 'active'],
    ['canceled after a cancel', ['signup', 'cancel'], 'canceled'],
    ['active again after another signup', ['signup', 'cancel', 'signup'], 'active'],
    ['active again after a payment', ['signup', 'cancel', 'Payment Made'], 'active'],
    ['canceled after another cancel', ['signup', 'cancel', 'Payment Made', 'cancel'], 'canceled']
  ])('is %s', (_name, events, status) => {
    const lines = events.map((event) => track(event, { revenue: 1 })).reverse()
    expect(user(of(...lines, identify({})))?.status).toBe(status)
  })

  it('is placed by the moment, not by the text of the timestamp', () => {
    const cancel = track('cancel', {}, { timestamp: '2026-05-10T01:30:00+02:00' })
    const signup = track('signup', {}, { timestamp: '2026-05-10T00:10:00.000Z' })
    expect(user(of(signup, cancel))?.status).toBe('active')
  })

  it('is canceled if the signup and the cancel are at the same moment', () => {
    const moment = { timestamp: '2026-05-10T00:10:00.000Z' }
    expect(user(of(track('cancel', {}, moment), track('signup', {}, moment)))?.status).toBe('canceled')
  })

  it('has the latest value of each attribute, and none that was taken away', () => {
    const later = identify({ plan: 'team', trial: null, tags: ['a'] })
    const earlier = identify({ plan: 'solo', trial: true, name: 'Ada' }, { timestamp: '2025-01-01T00:00:00.000Z' })
    expect(user(of(later, earlier))?.attributes).toEqual({ name: 'Ada', plan: 'team', tags: ['a'] })
  })

  it('has the group as an attribute', () => {
    const result = of(call('group', { groupId: 'g', traits: { name: 'Acme' } }))
    expect(user(result)?.attributes).toEqual({ group: { id: 'g', traits: { name: 'Acme' } } })
  })

  it.each<[string, Fields, unknown]>([
    [
      'keeps its traits if the same group comes without traits',
      { groupId: 'g' },
      { id: 'g', traits: { name: 'Acme' } }
    ],
    ['keeps its traits if the traits are empty', { groupId: 'g', traits: {} }, { id: 'g', traits: { name: 'Acme' } }],
    ['is replaced by another group', { groupId: 'h' }, { id: 'h' }],
    ['has the new traits', { groupId: 'g', traits: { size: 3 } }, { id: 'g', traits: { size: 3 } }]
  ])('has a group that %s', (_name, later, group) => {
    const result = of(call('group', { groupId: 'g', traits: { name: 'Acme' } }), call('group', later))
    expect(user(result)?.attributes).toEqual({ group })
  })

  it.each([null, undefined, ' ', 'None', ['g']])('keeps its group if a group call has the id %j', (groupId) => {
    const result = of(call('group', { groupId: ' g ' }), call('group', { groupId, traits: { name: 'Acme' } }))
    expect(reasons(result)).toEqual([undefined, ['no attributes', 'attributes']])
    expect(user(result)?.attributes).toEqual({ group: { id: 'g' } })
  })

  it.each<[unknown, unknown]>([
    [{ id: '', name: 'Acme' }, undefined],
    [{ id: 7, traits: 'vip' }, { id: '7' }],
    [
      { id: 'g', traits: { size: 3 } },
      { id: 'g', traits: { size: 3 } }
    ],
    [{ name: 'Acme' }, { name: 'Acme' }],
    ['beta', 'beta']
  ])('has for the trait group %j the attribute %j, and the other traits', (trait, group) => {
    expect(user(of(identify({ plan: 'pro', group: trait })))?.attributes).toEqual({ plan: 'pro', group })
  })

  it('has an account audience of Engage as an attribute of its own', () => {
    const context = { personas: { computation_key: 'large', computation_class: 'audience' } }
    const result = of(call('group', { groupId: 'g', traits: { large: true }, context }))
    expect(user(result)?.attributes).toEqual({ large: true })
  })

  it('has the traits of the context if an identify has no others', () => {
    const context = { traits: { plan: 'pro' } }
    expect(user(of(identify({}, { context })))?.attributes).toEqual({ plan: 'pro' })
    expect(user(of(identify({ hat: 'red' }, { context })))?.attributes).toEqual({ hat: 'red' })
    expect(user(of(call('group', { groupId: 'g', context })))?.attributes).toEqual({ group: { id: 'g' } })
  })

  it('is a customer after a signup, a payment or a cancel, and not after a login or a refund', () => {
    const result = of(
      track('signup', {}, { userId: 'a' }),
      paid({ revenue: 0 }, { userId: 'b' }),
      track('cancel', {}, { userId: 'c' }),
      identify({}, { userId: 'd' }),
      refunded({ revenue: 1 }, { userId: 'e' })
    )
    expect(result.dashboard).toMatchObject({ users: 5, customers: 3, canceled: 1, canceled_share: 1 / 3 })
    expect(of(identify({}), refunded({ revenue: 1 })).dashboard.customers).toBe(0)
  })
})

describe('reference: the first touch', () => {
  const page = (overrides: Fields, context: Fields = {}) =>
    call('page', { properties: { url: 'https://acme.example/', ...overrides }, context })
  const campaign = (name: string) => ({ campaign: { source: 'newsletter', medium: 'email', name } })
  const touch = (...lines: Fields[]) => user(of(...lines))?.first_touch

  it('is the campaign of the earliest touch, in whichever call', () => {
    const lines = [track('signup', {}, { context: campaign('spring') }), page({}, campaign('summer'))]
    expect(touch(...lines)).toEqual({
      kind: 'campaign',
      source: 'newsletter',
      medium: 'email',
      name: 'spring',
      host: null
    })
  })

  it.each([0, 1])('leaves no credit to a later campaign, in whichever order they come (order %i)', (order) => {
    const lines = [page({ referrer: 'https://search.example/' }), page({}, campaign('june'))]
    expect(touch(...(order === 0 ? lines : lines.reverse()))?.host).toBe('search.example')
  })

  it('is not found after the first signup', () => {
    expect(touch(track('signup'), page({}, campaign('june')))?.kind).toBe('direct')
    expect(touch(identify({}), page({}, campaign('june')))?.kind).toBe('campaign')
  })

  it('is found at the moment of the first signup', () => {
    const moment = { timestamp: '2026-02-01T00:00:00.000Z' }
    const payment = paid({ revenue: 5 }, { ...moment, context: campaign('june') })
    expect(touch(track('signup', {}, moment), payment)?.kind).toBe('campaign')
  })

  it('is no campaign without a source, a medium and a name', () => {
    expect(touch(page({}, { campaign: { source: ' ', content: 'footer', id: 'abc' } }))?.kind).toBe('direct')
  })

  it('has the parts of a campaign by their UTM names, and trimmed', () => {
    const found = touch(
      page({}, { campaign: { utm_source: ' google ', source: '', utm_medium: 'cpc', utm_campaign: 'a' } })
    )
    expect(found).toMatchObject({ kind: 'campaign', source: 'google', medium: 'cpc', name: 'a' })
  })

  it.each<[string, Fields]>([
    ['the URL', { url: 'https://acme.example/?utm_source=ads&utm_medium=cpc' }],
    ['a URL without a host', { url: '/pricing?utm_source=ads&utm_medium=cpc#plans' }],
    ['the search, without a URL', { url: undefined, search: '?utm_source=ads&utm_medium=cpc' }],
    [
      'the search, if the URL has none',
      { url: 'https://acme.example/?utm_source=%20', search: '?utm_source=ads&utm_medium=cpc' }
    ]
  ])('has the campaign of %s if the context has none', (_name, properties) => {
    expect(touch(page(properties, { campaign: { term: 'notes' } }))).toMatchObject({ source: 'ads', medium: 'cpc' })
    expect(touch(page(properties, campaign('june')))).toMatchObject({ source: 'newsletter' })
  })

  it('is, without a campaign, the host that the first visit came from', () => {
    expect(touch(page({ referrer: 'https://search.example/?q=notes' }))).toMatchObject({
      kind: 'referral',
      host: 'search.example'
    })
  })

  it('is found in the context, and in the properties where the context does not say', () => {
    const context = { page: { url: 'https://acme.example/', referrer: 'https://search.example/' } }
    expect(touch(page({ referrer: 'Homepage banner' }, context))).toMatchObject({ host: 'search.example' })
    expect(touch(page({ referrer: 'https://search.example/' }, { page: { referrer: '' } }))?.host).toBe(
      'search.example'
    )
  })

  it.each<[string, string, string | null]>([
    ['another host of the same domain is the site itself', 'https://www.acme.example/', null],
    ['a private domain is a site of its own', 'https://one.github.io/', 'one.github.io'],
    ['a text that is no URL is no referrer', 'Homepage banner', null],
    ['an app is no referrer', 'android-app://com.example/', null],
    ['the port is no part of the host', 'http://search.example:8080/', 'search.example'],
    ['a dot at the end is no part of the host', 'https://search.example./', 'search.example'],
    ['the site itself may end with a dot', 'https://acme.example./', null],
    ['a dot is no host', 'http://./', null],
    ['www is a part of the host', 'https://WWW.search.example/', 'www.search.example']
  ])('knows that %s', (_name, referrer, host) => {
    expect(touch(page({ url: 'https://app.acme.example/', referrer }))?.host).toBe(host)
  })

  it.each([
    ['https://one.github.io/', 'https://two.github.io/', 'two.github.io'],
    ['http://127.0.0.1:3000/', 'http://127.0.0.1:4000/', null],
    ['http://10.0.0.1/', 'http://10.0.0.2/', '10.0.0.2'],
    ['/pricing', 'https://acme.example/', 'acme.example']
  ])('on the page %s with the referrer %s has the host %s', (url, referrer, host) => {
    expect(touch(page({ url, referrer }))?.host).toBe(host)
  })

  it('is direct if the first visit came from the site itself', () => {
    const lines = [page({ referrer: 'https://acme.example/pricing' }), page({ referrer: 'https://search.example/' })]
    expect(touch(...lines)).toMatchObject({ kind: 'direct', host: null })
  })

  it('is direct on a screen of an app, and without any visit', () => {
    expect(touch(call('screen'))?.kind).toBe('direct')
    expect(touch(identify({}))?.kind).toBe('direct')
  })

  it('is that of the visitor whom the user was before', () => {
    const result = of(call('page', { ...anonymous, context: campaign('spring') }), identify({}, { anonymousId: 'a' }))
    expect(user(result)?.first_touch.name).toBe('spring')
  })
})

describe('reference: the dashboard', () => {
  it('counts what was accepted, by action', () => {
    const result = of(call('page'), call('screen'), identify({}), track('signup'), track('Note Created'), paid({}))
    expect(result.dashboard).toMatchObject({ visits: 2, logins: 1, signups: 1, custom_events: 1 })
    expect(result.actions.payment).toEqual({ accepted: 0, duplicate: 0, rejected: 1 })
  })

  it('divides the spend by the people who signed up, each once', () => {
    const signups = Array.from({ length: 8 }, (_, index) => track('signup', {}, { userId: `u${index}` }))
    const spend = [
      { currency: 'USD', amount: 100 },
      { currency: 'USD', amount: 0.2 },
      { currency: 'JPY', amount: 20 }
    ]
    const result = ofFiles({ 'a.json.gz': [...signups, track('signup')] }, spend)
    const again = ofFiles({ 'a.json.gz': [...signups, track('signup', {}, { userId: 'u0' })] }, spend)
    expect(result.dashboard).toMatchObject({ signups: 9, people_signed_up: 9, spend: { JPY: '20', USD: '100.20' } })
    expect(again.dashboard).toMatchObject({ signups: 9, people_signed_up: 8, uac: { JPY: '3', USD: '12.53' } })
  })

  it('has no rates without signups and customers', () => {
    const spend = [{ currency: 'USD', amount: 1 }]
    const { dashboard } = ofFiles({ 'a.json.gz': [call('page')] }, spend)
    expect(dashboard).toMatchObject({ uac: { USD: null }, churn_rate: null, canceled_share: null })
    expect(of(call('page')).dashboard.uac).toEqual({})
  })

  it('groups sources whatever their case and blanks, as first written', () => {
    const from = (userId: string, source: string, medium: string) =>
      track('signup', {}, { userId, context: { campaign: { source, medium } } })
    const lines = [from('a', 'Google', 'CPC'), from('b', 'google ', 'c pc'), from('c', 'google', 'cpc')]
    expect(of(...lines.reverse()).dashboard.sources).toEqual([
      {
        name: 'Google / CPC',
        kind: 'campaign',
        source: 'Google',
        medium: 'CPC',
        campaign: null,
        people: 3,
        signups: 3,
        people_signed_up: 3,
        customers: 3,
        revenue: {}
      }
    ])
  })

  it('tells where people come from, most first', () => {
    const context = { campaign: { source: 'podcast' } }
    const result = of(
      track('signup', {}, { userId: 'a' }),
      paid({ revenue: 5 }, { userId: 'b', context }),
      track('signup', {}, { userId: 'c', context })
    )
    expect(result.dashboard.sources).toMatchObject([
      { name: 'podcast', people: 2, signups: 1, people_signed_up: 1, customers: 2, revenue: { USD: '5.00' } },
      { name: 'direct', kind: 'direct', source: null, people: 1, customers: 1, revenue: {} }
    ])
  })

  it('has the UAC of each source that has a spend or people who signed up', () => {
    const from = (userId: string, source: string) => track('signup', {}, { userId, context: { campaign: { source } } })
    const referred = call('page', {
      userId: 'd',
      context: { page: { url: 'https://acme.example/', referrer: 'https://search.example/' } }
    })
    const spend = [
      { currency: 'USD', amount: 10, source: 'google' },
      { currency: 'EUR', amount: 3, source: ' GOOGLE' },
      { currency: 'USD', amount: 7, source: 'Radio' },
      { currency: 'USD', amount: 100 }
    ]
    const result = ofFiles(
      { 'a.json.gz': [from('a', 'Google'), from('b', 'google'), referred, track('signup', {}, { userId: 'd' })] },
      spend
    )
    expect(result.dashboard.uac_by_source).toEqual([
      {
        source: 'Google',
        spend: { EUR: '3.00', USD: '10.00' },
        people_signed_up: 2,
        uac: { EUR: '1.50', USD: '5.00' }
      },
      { source: 'search.example', spend: {}, people_signed_up: 1, uac: {} },
      { source: 'Radio', spend: { USD: '7.00' }, people_signed_up: 0, uac: { USD: null } }
    ])
  })
})

describe('reference: a month', () => {
  const on = (day: string, event: string, userId = 'u') =>
    track(event, { revenue: 1 }, { userId, timestamp: `2026-${day}T12:00:00.000Z` })
  const months = (...lines: Fields[]) =>
    of(...lines).dashboard.months.map(({ month, active_at_start, new: added, canceled, churn_rate }) => [
      month,
      active_at_start,
      added,
      canceled,
      churn_rate
    ])

  it('has its customers at the start, the new, the canceled, and the rate of them', () => {
    const lines = [on('01-05', 'signup'), on('01-06', 'signup', 'v'), on('02-05', 'cancel'), on('02-06', 'signup', 'w')]
    expect(months(...lines)).toEqual([
      ['2026-01', 0, 2, 0, 0],
      ['2026-02', 2, 1, 1, 1 / 3]
    ])
    expect(of(...lines).dashboard.churn_rate).toBe(1 / 3)
  })

  it('counts who cancels twice, or comes back, once', () => {
    const lines = [on('01-05', 'signup'), on('02-05', 'cancel'), on('02-06', 'Payment Made'), on('02-07', 'cancel')]
    expect(months(...lines)[1]).toEqual(['2026-02', 1, 0, 1, 1])
  })

  it('counts a cancel of a canceled customer in no month', () => {
    const lines = [on('01-05', 'signup'), on('01-06', 'cancel'), on('02-05', 'cancel')]
    expect(months(...lines)).toEqual([
      ['2026-01', 0, 1, 1, 1],
      ['2026-02', 0, 0, 0, null]
    ])
  })

  it('has a customer who came back among the new', () => {
    const lines = [on('01-05', 'signup'), on('01-06', 'cancel'), on('02-05', 'Payment Made')]
    expect(months(...lines)[1]).toEqual(['2026-02', 0, 1, 0, 0])
  })

  it('had a customer whose first event is a cancel from before', () => {
    expect(months(on('01-05', 'Note Created', 'v'), on('02-05', 'cancel'))).toEqual([
      ['2026-01', 1, 0, 0, 0],
      ['2026-02', 1, 0, 1, 1]
    ])
  })

  it('is one in UTC', () => {
    const signup = track('signup', {}, { timestamp: '2026-02-01T00:30:00+01:00' })
    expect(months(signup)).toEqual([['2026-01', 0, 1, 0, 0]])
  })

  it('has its spend and its UAC, though it has no event', () => {
    const spend = [
      { currency: 'USD', amount: 9, month: '2026-01' },
      { currency: 'USD', amount: 1, month: '2026-03' },
      { currency: 'USD', amount: 50 }
    ]
    const lines = [on('01-05', 'signup'), on('01-06', 'signup', 'v'), on('02-05', 'signup')]
    const { dashboard } = ofFiles({ 'a.json.gz': lines }, spend)
    expect(
      dashboard.months.map(({ month, spend, people_signed_up, uac }) => [month, spend, people_signed_up, uac])
    ).toEqual([
      ['2026-01', { USD: '9.00' }, 2, { USD: '4.50' }],
      ['2026-02', {}, 0, {}],
      ['2026-03', { USD: '1.00' }, 0, { USD: null }]
    ])
    expect(dashboard).toMatchObject({ spend: { USD: '60.00' }, churn_rate: 0 })
  })
})
