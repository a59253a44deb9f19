import type { WireEvent } from '@tractionboard/contract'
import { seededRandom } from '../faults/random'
import type { SpendEntry } from '../model/spend'
import { Store } from '../store'
import { on } from './support/events'
import { readModel } from './support/read-model'

const dashboard = (events: WireEvent[], spend: SpendEntry[] = []) => readModel(events, spend).dashboard
const onlyUser = (...events: WireEvent[]) => readModel(events).users[0]

describe('money', () => {
  const pay = (amounts: number[]) =>
    amounts.map((amount, index) => on(1, 'payment', { user: 'u', id: `p${index}`, amount }))

  it.each([
    ['two tenths and a tenth', [0.1, 0.2], '0.30'],
    ['ten thousand cents', Array<number>(10_000).fill(0.01), '100.00'],
    ['thousands of parts that no float adds up right', Array<number>(3000).fill(1.1), '3300.00'],
    ['ten thousand amounts smaller than a cent', Array<number>(10_000).fill(0.004), '40.00'],
    ['a float with a tail', [24.64000000000000204], '24.64'],
    ['half a cent', [0.0045, 0.0005], '0.01'],
    ['very small amounts', [1e-9], '0.00'],
    ['the greatest amounts with a cent', [1e13, 1e13, 0.01], '20000000000000.01'],
    ['nothing', [0], '0.00'],
    ['minus zero', [-0], '0.00']
  ])('is added up exactly: %s', (_what, amounts, sum) => {
    expect(dashboard(pay(amounts)).earnings).toStrictEqual({ USD: sum })
  })

  it.each([
    ['JPY', 1234.5, '1235'],
    ['KWD', 1.2345, '1.235'],
    ['HUF', 1234.5, '1234.50'],
    ['CLF', 0.00005, '0.0001'],
    ['BYR', 1234.5, '1235'],
    ['HRK', 7.535, '7.54']
  ])('is rounded to the digits of its currency, a half away from zero: %s', (currency, amount, shown) => {
    const { revenue } = onlyUser(on(1, 'refund', { user: 'u', currency, amount }))
    expect(revenue).toStrictEqual({ [currency]: `-${shown}` })
  })

  it('that is rounded to zero has no sign', () => {
    expect(onlyUser(on(1, 'refund', { user: 'u', amount: 0.001 })).revenue).toStrictEqual({ USD: '0.00' })
  })

  it('is rounded once, after the sums', () => {
    const refunds = ['a', 'b'].map((id) => on(2, 'refund', { user: 'u', id, amount: 0.004 }))
    expect(onlyUser(on(1, 'payment', { user: 'u', amount: 0.004 }), ...refunds)).toMatchObject({
      earnings: { USD: '0.00' },
      refunds: { USD: '0.01' },
      revenue: { USD: '0.00' }
    })
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
    ['active after a later payment', [on(2, 'payment', { user: 'u' }), on(1, 'cancel', { user: 'u' })], 'active'],
    [
      'canceled whatever else is done later',
      [on(1, 'cancel', { user: 'u' }), on(2, 'login', { user: 'u' }), on(2, 'refund', { user: 'u' })],
      'canceled'
    ],
    [
      'canceled by a cancel at the time of a payment',
      [on(1, 'cancel', { user: 'u' }), on(1, 'payment', { user: 'u' })],
      'canceled'
    ],
    [
      'canceled by a cancel at the time of a signup',
      [on(1, 'cancel', { user: 'u' }), on(1, 'signup', { user: 'u' })],
      'canceled'
    ]
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

describe('a group', () => {
  const group = (day: number, value: unknown) => on(day, 'attribute', { user: 'u', attributes: { group: value } })
  const known = { id: 'g', traits: { plan: 'pro' } }

  it.each([
    ['absent', { id: 'g' }],
    ['null', { id: 'g', traits: null }],
    ['empty', { id: 'g', traits: {} }],
    ['an empty list', { id: 'g', traits: [] }]
  ])('keeps its traits if those that come later are %s', (_what, later) => {
    expect(onlyUser(group(1, known), group(2, later)).attributes).toStrictEqual({ group: known })
  })

  it('loses its traits to another group without traits', () => {
    expect(onlyUser(group(1, known), group(2, { id: 'other', traits: {} })).attributes).toStrictEqual({
      group: { id: 'other' }
    })
  })

  it('is its id alone if it has no traits at first', () => {
    expect(onlyUser(group(1, { id: 'g', traits: null })).attributes).toStrictEqual({ group: { id: 'g' } })
  })

  it('has the traits that came last', () => {
    const later = { id: 'g', traits: { seats: 5 } }
    expect(onlyUser(group(1, known), group(2, later)).attributes).toStrictEqual({ group: later })
  })

  it.each([null, '', ' \n'])('with the id %j changes nothing', (id) => {
    expect(onlyUser(group(1, known), group(2, { id, traits: { seats: 5 } })).attributes).toStrictEqual({ group: known })
    expect(onlyUser(group(1, { id })).attributes).toStrictEqual({})
  })

  it('with a blank id leaves the other attributes of its event to count', () => {
    const event = on(1, 'login', { user: 'u', attributes: { plan: 'pro', group: { id: '' } } })
    expect(onlyUser(event).attributes).toStrictEqual({ plan: 'pro' })
  })

  it('is an attribute like any other without an id', () => {
    expect(onlyUser(group(1, known), group(2, { traits: {} })).attributes).toStrictEqual({ group: { traits: {} } })
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
      churn_month: null,
      churn_rate: null,
      canceled_share: null,
      earnings: {},
      refunds: {},
      revenue: {},
      spend: {},
      people_signed_up: 0,
      uac: {},
      sources: [],
      months: [],
      uac_by_source: []
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

  it('has the share of customers who are canceled', () => {
    const signups = ['a', 'b', 'c', 'd'].map((user) => on(1, 'signup', { user }))
    expect(dashboard([...signups, on(2, 'cancel', { user: 'a' })])).toMatchObject({ canceled: 1, canceled_share: 0.25 })
  })

  it('lists where people come from, most customers first and then by name', () => {
    const from = (source: string) => ({ campaign: { source, medium: 'cpc', name: 'q1' } })
    const events = [
      on(1, 'visit', { anonymous: 'a', context: from('zeta') }),
      on(2, 'signup', { user: 'u1', anonymous: 'a' }),
      on(3, 'signup', { user: 'u1' }),
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
        signups: 2,
        people_signed_up: 1,
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
        people_signed_up: 0,
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
        people_signed_up: 0,
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
        context: { campaign: { source: pick(['', '', 'mail', 'MAIL', 'ads', 'a ds']) } },
        ...(type === 'alias' && { previous_id: pick([...ids, 'x', 'y', 'other']) }),
        ...((type === 'login' || type === 'attribute') && { attributes: { [pick(ids)]: pick([1, 2, null]) } })
      })
    })
  }

  /** Before all events of a crowd. */
  const START = '2025-12-31T00:00:00Z'

  const spend = [
    { currency: 'USD', amount: 1200 },
    { currency: 'USD', amount: 300, source: 'Mail', month: '2026-01' }
  ]
  const shown = (events: WireEvent[]) => {
    const { dashboard, users } = readModel(events, spend)
    return JSON.stringify({ dashboard, users })
  }

  it.each([1, 2, 3, 4, 5])('does not matter (crowd %d)', (seed) => {
    const events = crowd(seed)
    const random = seededRandom(seed + 100)
    const orders = Array.from({ length: 10 }, () => shown(random.shuffle(events)))
    expect(new Set(orders)).toEqual(new Set([shown(events)]))
  })

  /** What is shown when some events come, the panel is read, others come, and so on. */
  const shownAfterReads = (...parts: WireEvent[][]) => {
    const store = new Store()
    store.setSpend(spend)
    for (const events of parts) {
      for (const event of events) {
        if (store.classify(event) === 'new') store.add(structuredClone(event))
        else store.addDuplicate(structuredClone(event))
      }
      store.read()
    }
    const model = store.read()
    return JSON.stringify({ dashboard: model.dashboard, users: model.listUsers(0, Infinity).users })
  }

  it.each([1, 2, 3, 4, 5])('does not matter when the panel is read after each event (crowd %d)', (seed) => {
    const events = seededRandom(seed + 200).shuffle(crowd(seed))
    const earlier = events.filter((_event, index) => index % 7 === 0).map((event) => ({ ...event, occurred_at: START }))
    const counted = new Map([...events, ...earlier].map((event) => [event.id, event]))
    const all = [...events, ...earlier].map((event) => [event])
    expect(shownAfterReads(...all)).toBe(shown([...counted.values()]))
  })

  it('does not matter when a visitor turns out to be somebody else', () => {
    const first = [on(1, 'visit', { anonymous: 'x' }), on(3, 'login', { user: 'a', anonymous: 'x' })]
    const then = [on(2, 'login', { user: 'b', anonymous: 'x' }), on(4, 'payment', { user: 'a' })]
    expect(shownAfterReads(first, then)).toBe(shown([...first, ...then]))
  })

  it('loses no one: users and visitors add up to the people of the sources', () => {
    const { users, visitors, sources } = dashboard(crowd(7))
    expect(sources.reduce((sum, { people }) => sum + people, 0)).toBe(users + visitors)
  })
})
