import nock from 'nock'
import { callWith, TIMESTAMP } from './__helpers__/calls'
import type { CallName } from './__helpers__/calls'
import { expectEvent } from './__helpers__/server'

afterEach(() => nock.cleanAll())

const WRONG: [what: string, value: unknown][] = [
  ['a list', ['a', 'b']],
  ['an object', { id: 'x' }],
  ['an empty list', []],
  ['null', null],
  ['an empty text', '']
]

const NO_OBJECT: [what: string, value: unknown][] = [
  ['a text', '/checkout'],
  ['a list', ['a', 'b']],
  ['a list of objects', [{ url: '/a' }]],
  ['an empty list, as PHP writes an empty object', []],
  ['a number', 5],
  ['true', true],
  ['null', null]
]

/** What the event of each call is without any part that can be left out. */
const BARE: Partial<Record<CallName, [preset: string, event: object]>> = {
  payment: ['Payments', { type: 'payment', amount: 10, currency: 'USD', properties: { revenue: 10 } }],
  refund: ['Refunds', { type: 'refund', amount: 10, currency: 'USD', properties: { revenue: 10 } }],
  signup: ['Signups', { type: 'signup' }],
  cancel: ['Cancellations', { type: 'cancel' }],
  custom: ['Custom Events', { type: 'event', name: 'Report Exported' }],
  page: ['Page Visits', { type: 'visit', channel: 'page' }],
  screen: ['Screen Visits', { type: 'visit', channel: 'screen' }],
  identify: ['Logins', { type: 'login' }],
  alias: ['Aliases', { type: 'alias', previous_id: 'ada@acme.example' }]
}

const NAMES = Object.keys(BARE) as CallName[]
const isMoney = (name: CallName) => name === 'payment' || name === 'refund'

/** A call that has only what its event needs, and an ID of each kind. */
const bareCall = (name: CallName, members: object) =>
  callWith(name, {
    messageId: 'm',
    userId: 'user-1',
    anonymousId: 'visitor-1',
    context: {},
    name: undefined,
    traits: undefined,
    properties: isMoney(name) ? { revenue: 10 } : undefined,
    ...members
  })

const IDS = { external_user_id: 'user-1', anonymous_id: 'visitor-1' }

async function expectBareEvent(name: CallName, members: object, ids: object = IDS): Promise<void> {
  const [preset, event] = BARE[name] as [string, object]
  await expectEvent(preset, bareCall(name, members), { id: 'm', occurred_at: TIMESTAMP, ...ids, ...event })
}

describe.each(NAMES)('a call (%s) is delivered, alone and in a batch, and', (name) => {
  it.each(NO_OBJECT)('its campaign and its page are left out if they are %s', async (_, value) => {
    await expectBareEvent(name, { context: { campaign: value, page: value } })
  })

  it.each(NO_OBJECT.filter(([, value]) => value !== null))('its context is left out if it is %s', async (_, value) => {
    await expectBareEvent(name, { context: value })
  })

  it.each(WRONG)('a part of its campaign or its page is left out if it is %s', async (_, value) => {
    await expectBareEvent(name, { context: { campaign: { source: value }, page: { title: value } } })
  })

  it.each(WRONG)('its IP address, locale and user agent are left out if they are %s', async (_, value) => {
    await expectBareEvent(name, { context: { ip: value, locale: value, userAgent: value } })
  })

  it.each(WRONG)('its anonymousId is left out if it is %s', async (_, value) => {
    await expectBareEvent(name, { anonymousId: value }, { external_user_id: 'user-1' })
  })

  it.each(['null', ' undefined ', '[object Object]', '00000000-0000-0000-0000-000000000000'])(
    'its anonymousId is left out if it is the placeholder %s',
    async (anonymousId) => {
      await expectBareEvent(name, { anonymousId }, { external_user_id: 'user-1' })
    }
  )

  it.each(['~user~1~', 'nullable', 'not-null', 'null\nnull', 'o'])(
    'its IDs are kept if they only look like a placeholder, or have a tilde: %j',
    async (id) => {
      const ids = { external_user_id: id, anonymous_id: id }
      await expectBareEvent(name, { userId: id, anonymousId: id }, ids)
    }
  )

  it('the spaces around its IDs are left out, and those around its messageId are kept', async () => {
    const [preset, event] = BARE[name] as [string, object]
    const call = bareCall(name, { userId: ' user-1\n', anonymousId: '\tvisitor-1 ', messageId: ' m ' })
    await expectEvent(preset, call, { id: ' m ', occurred_at: TIMESTAMP, ...IDS, ...event })
  })
})

describe.each(NAMES.filter((name) => !isMoney(name)))('a call (%s) is delivered, alone and in a batch, and', (name) => {
  it.each(NO_OBJECT)('its properties and its traits are left out if they are %s', async (_, value) => {
    await expectBareEvent(name, { properties: value, traits: value })
  })
})

describe.each(['payment', 'refund', 'custom', 'page', 'screen'] as const)(
  'a call (%s) of someone who may be anonymous is delivered, alone and in a batch, and',
  (name) => {
    it.each([...WRONG, ['a placeholder', 'None'], ['blank', ' ']])(
      'its userId is left out if it is %s',
      async (_, userId) => {
        await expectBareEvent(name, { userId }, { anonymous_id: 'visitor-1' })
      }
    )
  }
)

describe.each(['page', 'screen'] as const)('a call (%s) is delivered, alone and in a batch, and', (name) => {
  it.each(WRONG)('its name and its category are left out if they are %s', async (_, value) => {
    await expectBareEvent(name, { name: value, category: value })
  })
})

describe('a payment', () => {
  it('is refused rather than taken for US dollars if its currency is no text', async () => {
    await expect(
      expectBareEvent('payment', { properties: { revenue: 10, currency: { code: 'EUR' } } })
    ).rejects.toThrow(/Currency must be a string but it was an object/)
  })
})
