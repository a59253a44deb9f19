import nock from 'nock'
import destination from '../index'
import { LIMITS } from '../wire-constants'
import type { AttributeEvent, LoginEvent, VisitEvent } from '../wire-types'
import { CALLS, callWith, TIMESTAMP } from './__helpers__/calls'
import type { CallName } from './__helpers__/calls'
import { sendBatch, sendSingle } from './__helpers__/run'
import { acceptAll, deliverBothWays, expectEvent, respondToEvents } from './__helpers__/server'

afterEach(() => nock.cleanAll())

const context = {
  ip: '203.0.113.7',
  user_agent: 'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7)',
  locale: 'en-US',
  page: {
    url: 'https://acme.example/pricing?utm_source=newsletter',
    path: '/pricing',
    title: 'Pricing',
    referrer: 'https://mail.example/',
    search: '?utm_source=newsletter'
  },
  campaign: { name: 'spring', source: 'newsletter', medium: 'email' }
}

const common = (id: string) => ({
  id,
  occurred_at: TIMESTAMP,
  external_user_id: 'user-1',
  anonymous_id: 'visitor-1',
  context
})

/** For each call: its preset, and the wire event that is sent. */
const WIRE: Record<CallName, [preset: string, event: object]> = {
  page: [
    'Page Visits',
    {
      type: 'visit',
      id: 'page-1',
      occurred_at: TIMESTAMP,
      anonymous_id: 'visitor-1',
      context,
      channel: 'page',
      name: 'Pricing',
      properties: { section: 'plans' }
    }
  ],
  screen: [
    'Screen Visits',
    {
      ...common('screen-1'),
      type: 'visit',
      channel: 'screen',
      name: 'Home',
      properties: { tab: 'inbox' },
      context: { ip: '203.0.113.8', locale: 'de-DE' }
    }
  ],
  identify: [
    'Logins',
    {
      ...common('identify-1'),
      type: 'login',
      attributes: { email: 'ada@acme.example', plan: { name: 'pro', seats: 3 } }
    }
  ],
  anonymousIdentify: [
    'Attributes of Anonymous Visitors',
    {
      type: 'attribute',
      id: 'identify-2',
      occurred_at: TIMESTAMP,
      anonymous_id: 'visitor-1',
      context,
      attributes: { interest: 'teams' }
    }
  ],
  audience: [
    'Engage Audiences and Computed Traits',
    {
      type: 'attribute',
      id: 'engage-1',
      occurred_at: TIMESTAMP,
      external_user_id: 'user-1',
      attributes: { order_completed_last_30days: true }
    }
  ],
  payment: [
    'Payments',
    {
      ...common('payment-1'),
      type: 'payment',
      amount: 49.99,
      currency: 'EUR',
      properties: { revenue: 49.99, currency: 'eur', invoice: 'in_1' }
    }
  ],
  refund: [
    'Refunds',
    { ...common('refund-1'), type: 'refund', amount: 12.5, currency: 'USD', properties: { revenue: -12.5 } }
  ],
  cancel: ['Cancellations', { ...common('cancel-1'), type: 'cancel', properties: { reason: 'price' } }],
  signup: ['Signups', { ...common('signup-1'), type: 'signup', properties: { plan: 'pro' } }],
  custom: [
    'Custom Events',
    { ...common('custom-1'), type: 'event', name: 'Report Exported', properties: { format: 'csv' } }
  ],
  group: [
    'Groups',
    {
      ...common('group-1'),
      type: 'attribute',
      attributes: { group: { id: 'company-1', traits: { name: 'Acme', employees: 12 } } }
    }
  ],
  accountAudience: [
    'Engage Account Audiences',
    {
      type: 'attribute',
      id: 'engage-2',
      occurred_at: TIMESTAMP,
      external_user_id: 'user-1',
      attributes: { large_accounts: true }
    }
  ],
  alias: [
    'Aliases',
    {
      type: 'alias',
      id: 'alias-1',
      occurred_at: TIMESTAMP,
      external_user_id: 'user-1',
      previous_id: 'ada@acme.example',
      context
    }
  ]
}

const cases = (Object.keys(WIRE) as CallName[]).map((name) => [name, ...WIRE[name]] as const)

describe('the wire event', () => {
  it.each(cases)('of a single call (%s) is what its preset maps', async (name, preset, event) => {
    const received = respondToEvents(acceptAll)
    expect(await sendSingle(destination, preset, CALLS[name])).toStrictEqual({ status: 200 })
    expect(received.events).toStrictEqual([event])
  })

  it.each(cases)('of a call (%s) in a batch is the same', async (name, preset, event) => {
    const received = respondToEvents(acceptAll)
    const another = callWith(name, { messageId: 'another' })
    expect(await sendBatch(destination, preset, [CALLS[name], another])).toStrictEqual([
      { status: 200 },
      { status: 200 }
    ])
    expect(received.events).toStrictEqual([event, { ...event, id: 'another' }])
    expect(received.requests).toBe(1)
  })
})

describe('the attribute of an Engage audience', () => {
  it.each([true, false])('keeps its name letter for letter, with the value %s', async (value) => {
    const received = respondToEvents(acceptAll)
    const call = callWith('audience', { traits: { order_completed_last_30days: value } })
    await sendSingle(destination, 'Engage Audiences and Computed Traits', call)
    expect(received.events).toMatchObject([{ attributes: { order_completed_last_30days: value } }])
  })
})

describe('a preset for linked audiences and journeys', () => {
  const offered = (destination.presets ?? []).filter(({ type }) => type === 'specificEvent')
  // Segment adds the subscription when the preset is used.
  const used = { ...destination, presets: offered.map((preset) => ({ ...preset, subscribe: 'type != ""' })) }

  it.each(offered.map(({ name, partnerAction }) => [name as string, partnerAction]))(
    'sends events of its action: "%s" sends %s',
    async (name, action) => {
      const received = respondToEvents(acceptAll)
      const call = CALLS[action === 'attribute' ? 'audience' : 'custom']
      expect(await sendSingle(used as typeof destination, name, call)).toStrictEqual({ status: 200 })
      expect(received.events.map(({ type }) => type)).toStrictEqual([action])
    }
  )
})

describe('the wire event of a call with empty members', () => {
  it('has no member for an empty string or object of the call', async () => {
    const call = callWith('custom', {
      anonymousId: '',
      context: { ip: '', page: { url: '' }, campaign: {} },
      properties: {}
    })
    await expectEvent('Custom Events', call, {
      type: 'event',
      id: 'custom-1',
      occurred_at: TIMESTAMP,
      external_user_id: 'user-1',
      name: 'Report Exported'
    })
  })
})

describe('the page of a visit', () => {
  it('comes from the context part by part, and from the properties where the context has no text', async () => {
    const page = { url: 'https://acme.example/b', path: null, title: ' ', referrer: ['a', 'b'] }
    const properties = {
      url: 'https://acme.example/a',
      path: '/a',
      title: 'A',
      referrer: 'https://mail.example/',
      search: '?a'
    }
    const events = await deliverBothWays('Page Visits', callWith('page', { properties, context: { page } }))
    const { path, title, referrer, search } = properties
    for (const { context } of events)
      expect(context?.page).toStrictEqual({ url: page.url, path, title, referrer, search })
  })

  it('comes from the properties alone if a server sent the call without a context', async () => {
    const properties = { url: 'https://acme.example/a', path: '/a' }
    const events = await deliverBothWays('Page Visits', callWith('page', { properties, context: undefined }))
    for (const { context } of events) expect(context).toStrictEqual({ page: properties })
  })

  it('is not sent again in the properties, unless their value differs', async () => {
    const properties = {
      url: 'https://acme.example/virtual',
      path: '/pricing',
      title: 'Pricing',
      search: 5,
      section: 'plans'
    }
    const events = await deliverBothWays('Page Visits', callWith('page', { properties }))
    const kept = { url: properties.url, search: 5, section: 'plans' }
    for (const event of events) expect(event).toMatchObject({ properties: kept, context: { page: context.page } })
    for (const { properties: sent } of events as VisitEvent[]) expect(sent).toStrictEqual(kept)
  })

  it('is not sent in the properties where it is blank, as a browser sends it', async () => {
    const properties = { url: '', path: '', title: '', search: '', referrer: ' ', section: '' }
    const page = { url: context.page.url, search: '', referrer: '' }
    const events = await deliverBothWays('Page Visits', callWith('page', { properties, context: { page } }))
    for (const event of events as VisitEvent[]) {
      expect(event.properties).toStrictEqual({ section: '' })
      expect(event.context).toStrictEqual({ page: { url: page.url } })
    }
  })

  it('leaves no properties if they say nothing else, so that a long URL is sent once', async () => {
    const url = `https://acme.example/sso?token=${'x'.repeat(20_000)}`
    const call = callWith('page', { properties: { url }, context: { page: { url } } })
    const events = await deliverBothWays('Page Visits', call)
    for (const event of events) {
      expect(event).not.toHaveProperty('properties')
      expect(JSON.stringify(event).length).toBeLessThan(LIMITS.maxEventBytes)
    }
  })
})

describe('the campaign and the page that a customer maps', () => {
  const mapped = (mapping: object) => ({
    ...destination,
    presets: destination.presets?.map((preset) => ({ ...preset, mapping: { ...preset.mapping, ...mapping } }))
  })
  const sourceAndUrl = { campaign: { source: { '@path': '$.properties.from' } }, page: { url: 'https://acme.test/' } }

  it('take the place of those of the context', async () => {
    const received = respondToEvents(acceptAll)
    const call = callWith('signup', { properties: { from: 'mail' } })
    await sendSingle(mapped(sourceAndUrl), 'Signups', call)
    expect(received.events.map((event) => event.context)).toStrictEqual([
      { ...context, campaign: { source: 'mail' }, page: { url: 'https://acme.test/' } }
    ])
  })

  it('leave those of the context if they are empty', async () => {
    const received = respondToEvents(acceptAll)
    await sendSingle(mapped({ ...sourceAndUrl, page: {} }), 'Signups', CALLS.signup)
    expect(received.events.map((event) => event.context)).toStrictEqual([context])
  })
})

describe('the page of another event', () => {
  it('comes from the context alone, and its properties keep all of their values', async () => {
    const properties = { url: context.page.url, path: '/elsewhere' }
    const call = callWith('custom', { properties, context: { page: { url: context.page.url } } })
    const events = await deliverBothWays('Custom Events', call)
    for (const event of events)
      expect(event).toMatchObject({ properties, context: { page: { url: context.page.url } } })
    for (const event of events) expect(event.context?.page).toStrictEqual({ url: context.page.url })
  })
})

describe('the properties of a screen', () => {
  it('stay properties, because a screen has no page', async () => {
    const properties = { title: 'Alien', url: 'app://film/1', path: '/film' }
    for (const event of await deliverBothWays(WIRE.screen[0], callWith('screen', { properties }))) {
      expect((event as VisitEvent).properties).toStrictEqual(properties)
      expect(event.context?.page).toBeUndefined()
    }
  })
})

describe('a visit without a context', () => {
  it('keeps its properties', async () => {
    const call = callWith('screen', { properties: { plan: 'pro' }, context: undefined })
    for (const event of await deliverBothWays(WIRE.screen[0], call)) {
      expect((event as VisitEvent).properties).toStrictEqual({ plan: 'pro' })
    }
  })
})

describe('the category of a visit', () => {
  it.each([
    ['the call', { category: 'Docs', properties: { category: 'Help' } }, 'Docs'],
    ['the properties, if the call has none', { properties: { category: 'Help' } }, 'Help'],
    ['the properties, if that of the call is no text', { category: ['a'], properties: { category: 'Help' } }, 'Help'],
    ['nowhere, if neither is text', { category: ' ', properties: { category: {} } }, undefined]
  ])('comes from %s', async (_, members, category) => {
    for (const name of ['page', 'screen'] as const) {
      const events = await deliverBothWays(WIRE[name][0], callWith(name, members))
      expect(events.map((event) => (event as VisitEvent).category)).toStrictEqual([category, category])
    }
  })
})

describe('the attributes of an identify call', () => {
  const traits = { email: 'ada@acme.example', plan: 'pro' }
  const empty = [undefined, null, {}, [], 'text']

  it.each(empty)('come from the traits of its context if its own are %j', async (none) => {
    for (const name of ['identify', 'anonymousIdentify'] as const) {
      const events = await deliverBothWays(WIRE[name][0], callWith(name, { traits: none, context: { traits } }))
      for (const event of events) expect((event as LoginEvent).attributes).toStrictEqual(traits)
    }
  })

  it('are its own alone if it has any', async () => {
    for (const name of ['identify', 'anonymousIdentify'] as const) {
      const call = callWith(name, { traits: { plan: 'free' }, context: { traits } })
      for (const event of await deliverBothWays(WIRE[name][0], call)) {
        expect((event as LoginEvent).attributes).toStrictEqual({ plan: 'free' })
      }
    }
  })
})

describe('the traits of the context', () => {
  const traits = { email: 'ada@acme.example' }

  it("are the user's, so they are no traits of a group", async () => {
    const call = callWith('group', { traits: {}, context: { traits } })
    for (const event of await deliverBothWays('Groups', call)) {
      expect((event as AttributeEvent).attributes).toStrictEqual({ group: { id: 'company-1' } })
    }
  })

  it('are not taken for those that Engage sends', async () => {
    const call = callWith('audience', { traits: {}, context: { ...CALLS.audience.context, traits } })
    expect(await sendSingle(destination, 'Engage Audiences and Computed Traits', call)).toMatchObject({ status: 400 })
  })
})

describe('the group of a group call', () => {
  it.each([undefined, null, {}, [], 'text'])('is its ID alone if the traits are %j', async (traits) => {
    for (const event of await deliverBothWays('Groups', callWith('group', { traits }))) {
      expect((event as AttributeEvent).attributes).toStrictEqual({ group: { id: 'company-1' } })
    }
  })

  it.each([
    [' company-1\n', 'company-1'],
    [7, '7']
  ])('has for the groupId %j the ID %s', async (groupId, id) => {
    for (const event of await deliverBothWays('Groups', callWith('group', { groupId, traits: undefined }))) {
      expect((event as AttributeEvent).attributes).toStrictEqual({ group: { id } })
    }
  })
})

describe('an attribute named group', () => {
  const plan = 'pro'
  const expectAttributes = async (group: unknown, attributes: object) => {
    for (const name of ['identify', 'anonymousIdentify'] as const) {
      for (const event of await deliverBothWays(WIRE[name][0], callWith(name, { traits: { plan, group } }))) {
        expect((event as LoginEvent).attributes).toStrictEqual(attributes)
      }
    }
  }

  it.each([null, '', ' ', 'None', {}, ['a']])('is left out if its ID is %j, and the others are sent', async (id) => {
    await expectAttributes({ id, name: 'Acme', traits: { size: 3 } }, { plan })
  })

  it.each(['beta', ['a'], null, { name: 'Acme' }, { traits: 'vip' }])(
    'is sent as it is if it has no ID: %j',
    async (group) => {
      await expectAttributes(group, { plan, group })
    }
  )

  it.each(['vip', ['vip'], 5, {}, null])('leaves out its traits if they are %j', async (traits) => {
    await expectAttributes({ id: 'acme', name: 'Acme', traits }, { plan, group: { id: 'acme', name: 'Acme' } })
  })
})

describe('the time of an event', () => {
  it.each([
    ['2026-03-04 05:06:07 UTC', '2026-03-04T05:06:07.000Z'],
    ['2026-03-04 05:06:07 +0000', '2026-03-04T05:06:07.000Z'],
    ['Tue, 03 Mar 2026 05:06:07 GMT', '2026-03-03T05:06:07.000Z'],
    [1772514367123.456, '2026-03-03T05:06:07.123456Z'],
    ['2026-01-01T09:00:00.100900Z', '2026-01-01T09:00:00.100900Z'],
    ['2026-01-01T09:00:00.1234567891Z', '2026-01-01T09:00:00.123456789Z']
  ])('is taken from %s as %s', async (timestamp, occurred_at) => {
    for (const event of await deliverBothWays('Signups', callWith('signup', { timestamp }))) {
      expect(event.occurred_at).toBe(occurred_at)
    }
  })

  it('comes from originalTimestamp if the call has no timestamp', async () => {
    const call = callWith('signup', { timestamp: undefined, originalTimestamp: TIMESTAMP })
    for (const event of await deliverBothWays('Signups', call)) expect(event.occurred_at).toBe(TIMESTAMP)
  })
})

describe('the campaign', () => {
  it('has other UTM parameters as strings, without objects and null', async () => {
    const received = respondToEvents(acceptAll)
    const campaign = { source: 'ads', id: 42, paid: true, nested: { a: 1 }, nothing: null, empty: '' }
    await sendSingle(destination, 'Signups', callWith('signup', { context: { campaign } }))
    expect(received.events).toMatchObject([{ context: { campaign: { source: 'ads', id: '42', paid: 'true' } } }])
    expect(Object.keys(received.events[0].context?.campaign ?? {})).toStrictEqual(['source', 'id', 'paid'])
  })
})

describe('the amount of a payment', () => {
  it.each(['revenue', 'amount', 'total', 'value'])('comes from the property %s', async (property) => {
    const received = respondToEvents(acceptAll)
    await sendSingle(destination, 'Payments', callWith('payment', { properties: { [property]: '19.99' } }))
    expect(received.events).toMatchObject([{ amount: 19.99, currency: 'USD' }])
  })

  it('comes from revenue if the call has several of these properties', async () => {
    const received = respondToEvents(acceptAll)
    await sendSingle(
      destination,
      'Payments',
      callWith('payment', { properties: { value: 1, total: 2, amount: 3, revenue: 0 } })
    )
    expect(received.events).toMatchObject([{ amount: 0 }])
  })
})
