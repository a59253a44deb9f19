import type { WireEvent } from '@tractionboard/contract'
import { seededRandom } from '../faults/random'
import { buildReadModel } from '../model/read-model'
import { on } from './support/events'

const dashboard = (events: WireEvent[], spend = {}) => buildReadModel(events, spend).dashboard
const onlyUser = (...events: WireEvent[]) => buildReadModel(events, {}).users[0]

describe('money', () => {
  const pay = (amounts: number[]) =>
    amounts.map((amount, index) => on(1, 'payment', { user: 'u', id: `p${index}`, amount }))

  it.each([
    ['two tenths and a tenth', [0.1, 0.2], '0.30'],
    ['ten thousand cents', Array<number>(10_000).fill(0.01), '100.00'],
    ['thousands of parts that no float adds up right', Array<number>(3000).fill(1.1), '3300.00'],
    ['more decimals than two', [0.001, 0.0005], '0.0015'],
    ['very small amounts', [1e-9], '0.000000001'],
    ['the greatest amounts with a cent', [1e13, 1e13, 0.01], '20000000000000.01'],
    ['nothing', [0], '0.00'],
    ['minus zero', [-0], '0.00']
  ])('is added up exactly: %s', (_what, amounts, sum) => {
    expect(dashboard(pay(amounts)).earnings).toStrictEqual({ USD: sum })
  })

  it('is kept apart by currency', () => {
    const events = [on(1, 'payment', { user: 'u' }), on(2, 'payment', { user: 'u', currency: 'EUR', amount: 3 })]
    expect(onlyUser(...events).earnings).toStrictEqual({ EUR: '3.00', USD: '10.00' })
  })

  it('counts as revenue as far as it was not refunded', () => {
    const events = [on(1, 'payment', { user: 'u', amount: 49 }), on(2, 'refund', { user: 'u', amount: 12.5 })]
    expect(onlyUser(...events)).toMatchObject({
      earnings: { USD: '49.00' },
      refunds: { USD: '12.50' },
      revenue: { USD: '36.50' }
    })
  })

  it('may be refunded before it was paid', () => {
    const events = [on(1, 'refund', { user: 'u', amount: 49 }), on(2, 'payment', { user: 'u', amount: 49 })]
    expect(onlyUser(...events).revenue).toStrictEqual({ USD: '0.00' })
  })

  it('may be refunded without having been paid', () => {
    expect(onlyUser(on(1, 'refund', { user: 'u', amount: 5 })).revenue).toStrictEqual({ USD: '-5.00' })
  })

  it('of visitors who are not users counts in the totals', () => {
    const events = [on(1, 'payment', { anonymous: 'a', amount: 7 }), on(1, 'refund', { anonymous: 'a', amount: 2 })]
    expect(dashboard(events)).toMatchObject({ revenue: { USD: '5.00' }, customers: 0 })
  })
})

describe('the status', () => {
  it.each([
    ['active without signup or cancel', [on(1, 'login', { user: 'u' })], 'active'],
    ['canceled after a cancel', [on(1, 'signup', { user: 'u' }), on(2, 'cancel', { user: 'u' })], 'canceled'],
    ['active after another signup', [on(3, 'signup', { user: 'u' }), on(2, 'cancel', { user: 'u' })], 'active'],
    ['canceled whatever is done later', [on(1, 'cancel', { user: 'u' }), on(2, 'payment', { user: 'u' })], 'canceled']
  ])('is %s', (_what, events, status) => {
    expect(onlyUser(...events).status).toBe(status)
  })
})

describe('attributes', () => {
  const attribute = (day: number, attributes: unknown) => on(day, 'attribute', { user: 'u', attributes })

  it('have the latest value of each name', () => {
    expect(onlyUser(attribute(2, { a: 2 }), attribute(1, { a: 1, b: 1 })).attributes).toStrictEqual({ a: 2, b: 1 })
  })

  it('are set by a login too', () => {
    expect(onlyUser(on(1, 'login', { user: 'u', attributes: { email: 'x' } })).attributes).toStrictEqual({ email: 'x' })
  })

  it('are removed by null', () => {
    expect(onlyUser(attribute(1, { a: 1, b: false }), attribute(2, { a: null })).attributes).toStrictEqual({ b: false })
  })

  it('come back after null', () => {
    expect(onlyUser(attribute(1, { a: null }), attribute(2, { a: 0 })).attributes).toStrictEqual({ a: 0 })
  })

  it('may be named like parts of a prototype', () => {
    const names = '{"__proto__":{"polluted":true},"constructor":1,"toString":"x"}'
    expect(JSON.stringify(onlyUser(attribute(1, JSON.parse(names))).attributes)).toBe(names)
  })

  it('named like a prototype change no other object', () => {
    onlyUser(attribute(1, JSON.parse('{"__proto__":{"polluted":true}}')))
    expect({}).not.toHaveProperty('polluted')
  })
})

describe('a user', () => {
  it('is first and last seen in UTC', () => {
    const events = [
      { ...on(1, 'visit', { user: 'u' }), occurred_at: '2026-01-02T00:30:00+01:00' },
      { ...on(2, 'visit', { user: 'u' }), occurred_at: '2026-01-02T00:00:00Z' }
    ]
    expect(onlyUser(...events)).toMatchObject({
      first_seen: '2026-01-01T23:30:00.000Z',
      last_seen: '2026-01-02T00:00:00.000Z'
    })
  })

  it('has visits, logins and signups', () => {
    const events = [
      on(1, 'visit', { user: 'u' }),
      on(2, 'visit', { user: 'u' }),
      on(2, 'login', { user: 'u' }),
      on(3, 'signup', { user: 'u' })
    ]
    expect(onlyUser(...events)).toMatchObject({ visits: 2, logins: 1, signups: 1 })
  })
})

describe('the first touch', () => {
  const page = (referrer?: string, url = 'https://acme.example/') => ({ page: { url, referrer } })
  const campaign = (source: string, more = {}) => ({ campaign: { source, ...more } })
  const touch = (...events: WireEvent[]) => onlyUser(...events).first_touch

  it('is the campaign of the earliest event that has one', () => {
    const events = [
      on(3, 'signup', { user: 'u', context: campaign('late') }),
      on(2, 'visit', { user: 'u', context: campaign('early', { medium: 'email', name: 'spring', term: '' }) }),
      on(1, 'visit', { user: 'u', context: page('https://mail.example/') })
    ]
    expect(touch(...events)).toStrictEqual({
      kind: 'campaign',
      source: 'early',
      medium: 'email',
      name: 'spring',
      term: null,
      content: null
    })
  })

  it('may be from when the user was anonymous', () => {
    const events = [
      on(1, 'visit', { anonymous: 'a', context: campaign('before') }),
      on(2, 'signup', { user: 'u', anonymous: 'a', context: campaign('after') })
    ]
    expect(touch(...events)).toMatchObject({ source: 'before' })
  })

  it('ignores a campaign of which all values are blank', () => {
    expect(touch(on(1, 'visit', { user: 'u', context: campaign('', { name: ' ' }) }))).toStrictEqual({ kind: 'direct' })
  })

  it('is also a campaign that has only a parameter of its own', () => {
    const context = { campaign: { ref: 'x' } }
    expect(touch(on(1, 'visit', { user: 'u', context }))).toMatchObject({ kind: 'campaign', source: null })
  })

  it('is the host of the first referrer if there is no campaign', () => {
    const events = [
      on(1, 'visit', { user: 'u', context: page('https://news.example/item?id=1') }),
      on(2, 'visit', { user: 'u', context: page('https://other.example/') })
    ]
    expect(touch(...events)).toStrictEqual({ kind: 'referral', host: 'news.example' })
  })

  it.each([
    ['the page itself', page('https://acme.example/other')],
    ['nothing', page('')],
    ['no address', page('somewhere')],
    ['no page', {}]
  ])('is direct if the referrer is %s', (_what, context) => {
    expect(touch(on(1, 'visit', { user: 'u', context }))).toStrictEqual({ kind: 'direct' })
  })

  it('is direct if only a later visit was referred', () => {
    const events = [
      on(1, 'visit', { user: 'u', context: page() }),
      on(2, 'visit', { user: 'u', context: page('https://news.example/') })
    ]
    expect(touch(...events)).toStrictEqual({ kind: 'direct' })
  })
})

describe('the dashboard', () => {
  it('is empty without events', () => {
    expect(dashboard([])).toStrictEqual({
      visits: 0,
      logins: 0,
      signups: 0,
      custom_events: 0,
      users: 0,
      visitors: 0,
      customers: 0,
      canceled: 0,
      churn_rate: 0,
      earnings: {},
      refunds: {},
      revenue: {},
      spend: {},
      uac: {},
      sources: []
    })
  })

  it('counts events by their type', () => {
    const events = [
      on(1, 'visit', { anonymous: 'a' }),
      on(1, 'visit', { user: 'u' }),
      on(1, 'login', { user: 'u' }),
      on(1, 'signup', { user: 'u' }),
      on(1, 'event', { user: 'u' })
    ]
    expect(dashboard(events)).toMatchObject({ visits: 2, logins: 1, signups: 1, custom_events: 1 })
  })

  it.each(['signup', 'payment', 'cancel'] as const)('counts a user with a %s as a customer', (type) => {
    expect(dashboard([on(1, type, { user: 'u' })]).customers).toBe(1)
  })

  it('counts no other user as a customer', () => {
    const events = [on(1, 'login', { user: 'u' }), on(1, 'refund', { user: 'u' }), on(1, 'visit', { user: 'u' })]
    expect(dashboard(events).customers).toBe(0)
  })

  it('has the share of customers who canceled as churn rate', () => {
    const signups = ['a', 'b', 'c', 'd'].map((user) => on(1, 'signup', { user }))
    expect(dashboard([...signups, on(2, 'cancel', { user: 'a' })])).toMatchObject({ canceled: 1, churn_rate: 0.25 })
  })

  it('has spend divided by signups as user acquisition cost', () => {
    const signups = ['a', 'b', 'c'].map((user) => on(1, 'signup', { user }))
    expect(dashboard(signups, { USD: 100, EUR: 0.3 })).toMatchObject({
      spend: { EUR: '0.30', USD: '100.00' },
      uac: { EUR: '0.10', USD: '33.33' }
    })
  })

  it('has no user acquisition cost without signups', () => {
    expect(dashboard([on(1, 'visit', { user: 'u' })], { USD: 100 }).uac).toStrictEqual({ USD: null })
  })

  it('lists where people come from, most customers first and then by name', () => {
    const from = (source: string) => ({ campaign: { source, medium: 'cpc', name: 'q1' } })
    const events = [
      on(1, 'visit', { anonymous: 'a', context: from('zeta') }),
      on(2, 'signup', { user: 'u1', anonymous: 'a' }),
      on(3, 'payment', { user: 'u1', amount: 20 }),
      on(1, 'visit', { anonymous: 'b', context: from('zeta') }),
      on(1, 'visit', { anonymous: 'c', context: { page: { referrer: 'https://news.example/' } } }),
      on(1, 'visit', { anonymous: 'd' })
    ]
    expect(dashboard(events).sources).toStrictEqual([
      {
        name: 'zeta / cpc / q1',
        kind: 'campaign',
        source: 'zeta',
        medium: 'cpc',
        campaign: 'q1',
        people: 2,
        signups: 1,
        customers: 1,
        revenue: { USD: '20.00' }
      },
      {
        name: 'direct',
        kind: 'direct',
        source: null,
        medium: null,
        campaign: null,
        people: 1,
        signups: 0,
        customers: 0,
        revenue: {}
      },
      {
        name: 'news.example',
        kind: 'referral',
        source: 'news.example',
        medium: null,
        campaign: null,
        people: 1,
        signups: 0,
        customers: 0,
        revenue: {}
      }
    ])
  })
})

describe('the order of arrival', () => {
  /** Many events of few people, often at the same time, so that every rule of order is at work. */
  const crowd = (seed: number): WireEvent[] => {
    const random = seededRandom(seed)
    const pick = <T>(list: readonly T[]) => list[random.integer(list.length)]
    const ids = ['a', 'b', 'c', 'd', 'e', 'f']
    const types = ['visit', 'login', 'payment', 'refund', 'cancel', 'signup', 'attribute', 'alias', 'event'] as const
    return Array.from({ length: 300 }, (_none, index) => {
      const type = pick(types)
      const isKnown = random.float() < 0.5 || ['login', 'cancel', 'signup', 'alias'].includes(type)
      return on(pick([1, 2, 3, 4]), type, {
        id: `e${index}`,
        ...(isKnown && { user: pick(ids) }),
        ...((!isKnown || random.float() < 0.5) && { anonymous: pick(['a', 'x', 'y', 'z', 'w']) }),
        context: { campaign: { source: pick(['', '', 'mail', 'ads']) } },
        ...(type === 'alias' && { previous_id: pick([...ids, 'x', 'y', 'other']) }),
        ...((type === 'login' || type === 'attribute') && { attributes: { [pick(ids)]: pick([1, 2, null]) } })
      })
    })
  }

  const shown = (events: WireEvent[]) => {
    const { dashboard, users } = buildReadModel(events, { USD: 1200 })
    return JSON.stringify({ dashboard, users })
  }

  it.each([1, 2, 3, 4, 5])('does not matter (crowd %d)', (seed) => {
    const events = crowd(seed)
    const random = seededRandom(seed + 100)
    const orders = Array.from({ length: 10 }, () => shown(random.shuffle(events)))
    expect(new Set(orders)).toEqual(new Set([shown(events)]))
  })

  it('loses no one: users and visitors add up to the people of the sources', () => {
    const { users, visitors, sources } = dashboard(crowd(7))
    expect(sources.reduce((sum, { people }) => sum + people, 0)).toBe(users + visitors)
  })
})
