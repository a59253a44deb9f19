import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { reference, type Action, type Reference } from '../reference'

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

const ofFiles = (files: Record<string, (Fields | string)[]>, spend = {}): Reference => {
  const paths = Object.entries(files).map(([name, lines]) => {
    const text = lines.map((line) => (typeof line === 'string' ? line : JSON.stringify(line))).join('\n')
    writeFileSync(join(folder, name), gzipSync(`${text}\n`))
    return join(folder, name)
  })
  return reference(paths, spend)
}

const statuses = (result: Reference) => result.verdicts.map(({ status }) => status)
const reasons = (result: Reference) => result.verdicts.map(({ reason, field }) => reason && [reason, field])
const user = (result: Reference, id = 'u') => result.users.find((one) => one.id === id)
const userIds = (result: Reference) => result.users.map(({ id }) => id)

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

  it('are read by the name of the file, whatever the order they are given in', () => {
    const result = ofFiles({ 'b.json.gz': [call('page')], 'a.json.gz': [call('page')] })
    expect(result.verdicts.map(({ file }) => file)).toEqual(['a.json.gz', 'b.json.gz'])
  })
})

describe('reference: the action of a call', () => {
  const engage = { personas: { computation_key: 'big_spender', computation_class: 'audience' } }

  it.each<[string, Fields, Action | null]>([
    ['a page', { type: 'page' }, 'visit'],
    ['a screen', { type: 'screen' }, 'visit'],
    ['an identify', { type: 'identify', userId: 'u' }, 'login'],
    ['an identify with a blank user id', { type: 'identify', userId: '' }, 'login'],
    ['an identify without a user id', { type: 'identify', userId: undefined }, 'attribute'],
    ['an identify whose user id is null', { type: 'identify', userId: null }, 'attribute'],
    ['an identify made by Engage', { type: 'identify', userId: 'u', context: engage }, 'attribute'],
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
    ['as a login of a blank user', { type: 'identify', userId: '' }, 'blank user id', 'external_user_id'],
    ['as a signup of nobody known', { type: 'track', event: 'signup', ...anonymous }, 'no user', 'external_user_id'],
    ['as a cancel of nobody known', { type: 'track', event: 'cancel', ...anonymous }, 'no user', 'external_user_id'],
    ['as an alias to nobody known', { type: 'alias', previousId: 'p', ...anonymous }, 'no user', 'external_user_id'],
    ['as an alias of nothing', { type: 'alias' }, 'no previous id', 'previous_id'],
    ['as an alias to itself', { type: 'alias', previousId: 'u' }, 'alias to itself', 'previous_id'],
    ['as an identify without traits', { type: 'identify', ...anonymous }, 'no attributes', 'attributes'],
    ['as an identify with no trait', { type: 'identify', traits: {}, ...anonymous }, 'no attributes', 'attributes'],
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

  it('in parts of a cent is not for the reference to round', () => {
    expect(() => of(paid({ revenue: 0.005 }))).toThrow('does not round')
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

  it('becomes, at the same moment, the user of the lower message id', () => {
    const moment = { anonymousId: 'a', timestamp: '2026-02-01T00:00:00.000Z' }
    const result = of(
      identify({}, { ...moment, userId: 'v', messageId: 'm-2' }),
      track('signup', {}, { ...moment, messageId: 'm-1' }),
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
    expect(result.users).toMatchObject([{ id: 'u', earnings: { USD: '5.00' } }])
  })

  it('may follow another, on whichever line it stands', () => {
    const [first, second] = [alias('second', 'first'), alias('third', 'second')]
    const result = of(second, first, paid({ revenue: 5 }, { userId: 'first' }))
    expect(result.users).toMatchObject([{ id: 'third', attributes: { previous_id: 'second' } }])
  })

  it('may lead back', () => {
    expect(userIds(of(alias('new', 'old'), alias('old', 'new')))).toEqual(['old'])
  })
})

describe('reference: a user', () => {
  it.each<[string, string[], string]>([
    ['active without a signup or a cancel', [], 'active'],
    ['canceled after a cancel', ['signup', 'cancel'], 'canceled'],
    ['active again after another signup', ['signup', 'cancel', 'signup'], 'active']
  ])('is %s', (_name, events, status) => {
    const lines = events.map((event) => track(event)).reverse()
    expect(user(of(...lines, identify({})))?.status).toBe(status)
  })

  it('is placed by the moment, not by the text of the timestamp', () => {
    const cancel = track('cancel', {}, { timestamp: '2026-05-10T01:30:00+02:00' })
    const signup = track('signup', {}, { timestamp: '2026-05-10T00:10:00.000Z' })
    expect(user(of(signup, cancel))?.status).toBe('active')
  })

  it('is placed by the action, when two are at the same moment', () => {
    const moment = { timestamp: '2026-05-10T00:10:00.000Z' }
    expect(user(of(track('signup', {}, moment), track('cancel', {}, moment)))?.status).toBe('active')
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

  it('is a customer after a signup, a payment or a cancel, and not after a login or a refund', () => {
    const result = of(
      track('signup', {}, { userId: 'a' }),
      paid({ revenue: 0 }, { userId: 'b' }),
      track('cancel', {}, { userId: 'c' }),
      identify({}, { userId: 'd' }),
      refunded({ revenue: 1 }, { userId: 'e' })
    )
    expect(result.users.map(({ customer }) => customer)).toEqual([true, true, true, false, false])
    expect(result.dashboard).toMatchObject({ users: 5, customers: 3, canceled: 1, churnRate: 1 / 3 })
  })
})

describe('reference: the first touch', () => {
  const page = (overrides: Fields, context: Fields = {}) =>
    call('page', { properties: { url: 'https://acme.example/', ...overrides }, context })
  const campaign = (name: string) => ({ campaign: { source: 'newsletter', medium: 'email', name } })
  const touch = (...lines: Fields[]) => user(of(...lines))?.firstTouch

  it('is the first campaign, even after a referral, and in whichever call', () => {
    const lines = [
      page({ referrer: 'https://search.example/' }),
      track('signup', {}, { context: campaign('spring') }),
      page({}, campaign('summer'))
    ]
    expect(touch(...lines)).toEqual({
      kind: 'campaign',
      source: 'newsletter',
      medium: 'email',
      name: 'spring',
      host: null
    })
  })

  it('is a campaign with any value at all', () => {
    const result = touch(page({}, { campaign: { source: '', content: 'footer' } }))
    expect(result).toEqual({ kind: 'campaign', source: null, medium: null, name: null, host: null })
  })

  it('is no campaign with nothing in it', () => {
    expect(touch(page({}, { campaign: {} }), page({}, { campaign: { name: '' } }))?.kind).toBe('direct')
  })

  it('is, without a campaign, the host that the first visit came from', () => {
    expect(touch(page({ referrer: 'https://search.example/?q=notes' }))).toMatchObject({
      kind: 'referral',
      host: 'search.example'
    })
  })

  it('is found in the context where the properties do not say', () => {
    const context = { page: { url: 'https://acme.example/', referrer: 'https://search.example/' } }
    expect(touch(call('page', { context }))).toMatchObject({ kind: 'referral', host: 'search.example' })
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
    expect(user(result)?.firstTouch.name).toBe('spring')
  })
})

describe('reference: the dashboard', () => {
  it('counts what was accepted, by action', () => {
    const result = of(call('page'), call('screen'), identify({}), track('signup'), track('Note Created'), paid({}))
    expect(result.dashboard).toMatchObject({ visits: 2, logins: 1, signups: 1, events: 1 })
    expect(result.actions.payment).toEqual({ accepted: 0, duplicate: 0, rejected: 1 })
  })

  it('divides the spend by the signups, rounded half up to the cent', () => {
    const signups = Array.from({ length: 8 }, (_, index) => track('signup', {}, { userId: `u${index}` }))
    const result = ofFiles({ 'a.json.gz': signups }, { USD: '100.20', EUR: '7.00' })
    expect(result.dashboard.uac).toEqual({ USD: '12.53', EUR: '0.88' })
  })

  it('has no rates without signups and customers', () => {
    expect(ofFiles({ 'a.json.gz': [call('page')] }, { USD: '1.00' }).dashboard).toMatchObject({
      uac: {},
      churnRate: null
    })
  })

  it('tells where customers come from, most first', () => {
    const context = { campaign: { source: 'podcast' } }
    const result = of(
      track('signup', {}, { userId: 'a' }),
      track('signup', {}, { userId: 'b', context }),
      track('signup', {}, { userId: 'c', context }),
      identify({}, { userId: 'd' })
    )
    expect(result.dashboard.sources).toMatchObject([
      { kind: 'campaign', source: 'podcast', customers: 2 },
      { kind: 'direct', customers: 1 }
    ])
  })
})
