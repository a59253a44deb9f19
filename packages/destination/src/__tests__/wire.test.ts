import nock from 'nock'
import destination from '../index'
import { CALLS, callWith, TIMESTAMP } from './__helpers__/calls'
import type { CallName } from './__helpers__/calls'
import { sendBatch, sendSingle } from './__helpers__/run'
import { acceptAll, respondToEvents } from './__helpers__/server'

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
      properties: { ...context.page, section: 'plans' }
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
    const received = respondToEvents(acceptAll)
    const call = callWith('custom', {
      anonymousId: '',
      context: { ip: '', page: { url: '' }, campaign: {} },
      properties: undefined
    })
    await sendBatch(destination, 'Custom Events', [call])
    expect(received.events).toStrictEqual([
      { type: 'event', id: 'custom-1', occurred_at: TIMESTAMP, external_user_id: 'user-1', name: 'Report Exported' }
    ])
  })
})

describe('the page of a visit', () => {
  it('comes from the properties of the call before its context, because servers send no context', async () => {
    const received = respondToEvents(acceptAll)
    const call = callWith('page', {
      properties: { url: 'https://acme.example/a' },
      context: { page: { url: 'https://acme.example/b', path: '/b' } }
    })
    await sendSingle(destination, 'Page Visits', call)
    expect(received.events).toMatchObject([{ context: { page: { url: 'https://acme.example/a', path: '/b' } } }])
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
