import nock from 'nock'
import destination from '..'
import { CALLS, changed, TIMESTAMP } from './__helpers__/calls'
import type { CallName } from './__helpers__/calls'
import { batch, single } from './__helpers__/run'
import { acceptAll, answerEvents } from './__helpers__/server'

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

/** For each call: the preset that it is for, and what goes over the wire. */
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

describe('what goes over the wire', () => {
  it.each(cases)('of a call (%s) alone is what its preset maps', async (name, preset, event) => {
    const seen = answerEvents(acceptAll)
    expect(await single(destination, preset, CALLS[name])).toEqual({ status: 200 })
    expect(seen.events).toEqual([event])
  })

  it.each(cases)('of a call (%s) in a batch is the same', async (name, preset, event) => {
    const seen = answerEvents(acceptAll)
    const another = changed(name, { messageId: 'another' })
    expect(await batch(destination, preset, [CALLS[name], another])).toEqual([{ status: 200 }, { status: 200 }])
    expect(seen.events).toEqual([event, { ...event, id: 'another' }])
    expect(seen.requests).toBe(1)
  })
})

describe('an Engage identify', () => {
  it.each([true, false])('keeps the name and the value %s of its property to the letter', async (value) => {
    const seen = answerEvents(acceptAll)
    const call = changed('audience', { traits: { order_completed_last_30days: value } })
    await single(destination, 'Engage Audiences and Computed Traits', call)
    expect(seen.events).toMatchObject([{ attributes: { order_completed_last_30days: value } }])
  })
})

describe('the presets for linked audiences and journeys', () => {
  const offered = (destination.presets ?? []).filter(({ type }) => type === 'specificEvent')
  // Segment adds the subscription when the preset is used.
  const used = { ...destination, presets: offered.map((preset) => ({ ...preset, subscribe: 'type != ""' })) }

  it.each(offered.map(({ name, partnerAction }) => [name as string, partnerAction]))(
    '"%s" become events of type %s',
    async (name, action) => {
      const seen = answerEvents(acceptAll)
      const call = CALLS[action === 'attribute' ? 'audience' : 'custom']
      expect(await single(used as typeof destination, name, call)).toEqual({ status: 200 })
      expect(seen.events.map(({ type }) => type)).toEqual([action])
    }
  )
})

describe('what a call does not say', () => {
  it('is absent from the wire, and is no empty text or object', async () => {
    const seen = answerEvents(acceptAll)
    const call = changed('custom', {
      anonymousId: '',
      context: { ip: '', page: { url: '' }, campaign: {} },
      properties: undefined
    })
    await batch(destination, 'Custom Events', [call])
    expect(seen.events).toEqual([
      { type: 'event', id: 'custom-1', occurred_at: TIMESTAMP, external_user_id: 'user-1', name: 'Report Exported' }
    ])
  })
})

describe('the page of a page call', () => {
  it('is taken from its properties before its context, because servers send no context', async () => {
    const seen = answerEvents(acceptAll)
    const call = changed('page', {
      properties: { url: 'https://acme.example/a' },
      context: { page: { url: 'https://acme.example/b', path: '/b' } }
    })
    await single(destination, 'Page Visits', call)
    expect(seen.events).toMatchObject([{ context: { page: { url: 'https://acme.example/a', path: '/b' } } }])
  })
})

describe('the campaign', () => {
  it('takes other UTM parameters along as text, and leaves out what is none', async () => {
    const seen = answerEvents(acceptAll)
    const campaign = { source: 'ads', id: 42, paid: true, nested: { a: 1 }, nothing: null, empty: '' }
    await single(destination, 'Signups', changed('signup', { context: { campaign } }))
    expect(seen.events).toMatchObject([{ context: { campaign: { source: 'ads', id: '42', paid: 'true' } } }])
    expect(Object.keys(seen.events[0].context?.campaign ?? {})).toEqual(['source', 'id', 'paid'])
  })
})

describe('the amount of a payment', () => {
  it.each(['revenue', 'amount', 'total', 'value'])('is found in the property %s', async (property) => {
    const seen = answerEvents(acceptAll)
    await single(destination, 'Payments', changed('payment', { properties: { [property]: '19.99' } }))
    expect(seen.events).toMatchObject([{ amount: 19.99, currency: 'USD' }])
  })

  it('is the revenue where there are several', async () => {
    const seen = answerEvents(acceptAll)
    await single(
      destination,
      'Payments',
      changed('payment', { properties: { value: 1, total: 2, amount: 3, revenue: 0 } })
    )
    expect(seen.events).toMatchObject([{ amount: 0 }])
  })
})
