import { Destination } from '@segment/actions-core'
import type { JSONObject } from '@segment/actions-core'
import nock from 'nock'
import destination from '..'
import { CALLS, changed } from './__helpers__/calls'
import type { CallName } from './__helpers__/calls'
import { TOKEN } from './__helpers__/run'
import { acceptAll, answerEvents } from './__helpers__/server'

afterEach(() => nock.cleanAll())

const automatic = (destination.presets ?? []).filter(({ type }) => type === 'automatic')
const settings = { tokenId: TOKEN, subscriptions: automatic as unknown as JSONObject[] }

/** The one action that each call is for. */
const ACTIONS: Record<CallName, string> = {
  page: 'visit',
  screen: 'visit',
  identify: 'login',
  anonymousIdentify: 'attribute',
  audience: 'attribute',
  payment: 'payment',
  refund: 'refund',
  cancel: 'cancel',
  signup: 'signup',
  custom: 'event',
  group: 'attribute',
  accountAudience: 'attribute',
  alias: 'alias'
}

const NAMES = Object.keys(ACTIONS) as CallName[]

/** Calls that look like others. */
const LOOKALIKES = [
  [
    'an Engage identify of an anonymous visitor',
    changed('audience', { userId: null, anonymousId: 'v' }),
    ['attribute']
  ],
  ['an Engage computed trait', changed('audience', { traits: { total: 5 } }), ['attribute']],
  ['an identify without the member userId', changed('identify', { userId: undefined }), ['attribute']],
  ['a track call "payment made" in lower case', changed('payment', { event: 'payment made' }), ['event']],
  ['a track call "Cancel" with a capital', changed('cancel', { event: 'Cancel' }), ['event']],
  [
    'a track call made by Engage',
    changed('custom', { event: 'Audience Entered', context: CALLS.audience.context }),
    ['event']
  ],
  ['a page that is named like a payment', changed('page', { name: 'Payment Made' }), ['visit']],
  ['a call of a type that nothing is for', changed('page', { type: 'delete' }), []]
] as const

describe('with all presets', () => {
  it.each(NAMES)('a call (%s) alone becomes exactly one event', async (name) => {
    const seen = answerEvents(acceptAll)
    await new Destination(destination).onEvent(CALLS[name], settings)
    expect(seen.events.map(({ type }) => type)).toEqual([ACTIONS[name]])
  })

  it('a batch of all calls becomes exactly one event each', async () => {
    const seen = answerEvents(acceptAll)
    await new Destination(destination).onBatch(
      NAMES.map((name) => CALLS[name]),
      settings
    )
    const sent = seen.events.map(({ id, type }) => [id, type])
    expect(sent.sort()).toEqual(NAMES.map((name) => [CALLS[name].messageId, ACTIONS[name]]).sort())
  })

  it.each(LOOKALIKES)('%s becomes %j', async (_, call, actions) => {
    const seen = answerEvents(acceptAll)
    await new Destination(destination).onEvent(call, settings)
    await new Destination(destination).onBatch([call], settings)
    expect(seen.events.map(({ type }) => type)).toEqual([...actions, ...actions])
  })
})

describe('a call that a customer maps to two actions', () => {
  it('is sent as both, so that both count', async () => {
    const seen = answerEvents(acceptAll)
    const event = automatic.find(({ partnerAction }) => partnerAction === 'event')
    const both = [
      automatic.find(({ partnerAction }) => partnerAction === 'payment'),
      { ...event, subscribe: 'type = "track"' }
    ]
    await new Destination(destination).onEvent(CALLS.payment, {
      tokenId: TOKEN,
      subscriptions: both as unknown as JSONObject[]
    })
    expect(seen.events.map(({ type, id }) => [type, id]).sort()).toEqual([
      ['event', 'payment-1'],
      ['payment', 'payment-1']
    ])
  })
})
