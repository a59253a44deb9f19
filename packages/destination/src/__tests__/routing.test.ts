import { Destination } from '@segment/actions-core'
import type { JSONObject } from '@segment/actions-core'
import nock from 'nock'
import destination from '../index'
import { CALLS, callWith } from './__helpers__/calls'
import type { CallName } from './__helpers__/calls'
import { TOKEN } from './__helpers__/run'
import { acceptAll, respondToEvents } from './__helpers__/server'

afterEach(() => nock.cleanAll())

const automatic = (destination.presets ?? []).filter(({ type }) => type === 'automatic')
const settings = { tokenId: TOKEN, subscriptions: automatic as unknown as JSONObject[] }

/** The action that each call is sent with. */
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

/** What Engage adds to the calls of a linked audience. */
const LINKED = { personas: { event_emitter_id: 'emitter-1' } }

/** Calls that are easily mistaken for others. */
const LOOKALIKES = [
  [
    'an Engage identify of an anonymous visitor',
    callWith('audience', { userId: null, anonymousId: 'v' }),
    ['attribute']
  ],
  ['an Engage computed trait', callWith('audience', { traits: { total: 5 } }), ['attribute']],
  ['an identify without userId', callWith('identify', { userId: undefined }), ['attribute']],
  ['an identify with an empty userId', callWith('identify', { userId: '' }), ['attribute']],
  ['an identify with a userId that is a number', callWith('identify', { userId: 42 }), ['login']],
  ['an identify of a linked audience', callWith('identify', { context: LINKED }), ['attribute']],
  [
    'an identify of a linked audience without userId',
    callWith('identify', { userId: '', context: LINKED }),
    ['attribute']
  ],
  [
    'an identify with both marks of Engage',
    callWith('identify', { context: { personas: { computation_key: 'a', event_emitter_id: 'b' } } }),
    ['attribute']
  ],
  ['a group of a linked audience', callWith('group', { context: LINKED }), ['attribute']],
  ['a track call "payment made" in lower case', callWith('payment', { event: 'payment made' }), ['event']],
  ['a track call "Cancel" with a capital', callWith('cancel', { event: 'Cancel' }), ['event']],
  [
    'a track call made by Engage',
    callWith('custom', { event: 'Audience Entered', context: CALLS.audience.context }),
    ['event']
  ],
  ['a page call with the name of a payment', callWith('page', { name: 'Payment Made' }), ['visit']],
  ['a call of an unknown type', callWith('page', { type: 'delete' }), []]
] as const

describe('the automatic presets together', () => {
  it.each(NAMES)('send exactly one event for a single call (%s)', async (name) => {
    const received = respondToEvents(acceptAll)
    await new Destination(destination).onEvent(CALLS[name], settings)
    expect(received.events.map(({ type }) => type)).toStrictEqual([ACTIONS[name]])
  })

  it('send exactly one event for each call of a batch', async () => {
    const received = respondToEvents(acceptAll)
    await new Destination(destination).onBatch(
      NAMES.map((name) => CALLS[name]),
      settings
    )
    const sent = received.events.map(({ id, type }) => [id, type])
    expect(sent.sort()).toStrictEqual(NAMES.map((name) => [CALLS[name].messageId, ACTIONS[name]]).sort())
  })

  it.each(LOOKALIKES)('send exactly these events for %s: %j', async (_, call, actions) => {
    const received = respondToEvents(acceptAll)
    await new Destination(destination).onEvent(call, settings)
    await new Destination(destination).onBatch([call], settings)
    expect(received.events.map(({ type }) => type)).toStrictEqual([...actions, ...actions])
  })
})

describe('an identify call with a blank or a placeholder as its userId', () => {
  it.each([' ', 'null', 'undefined'])('(%j) is refused as a login, and nothing is sent', async (userId) => {
    const received = respondToEvents(acceptAll)
    const call = callWith('identify', { userId })
    const message = /^external_user_id is .*userId\.$/
    await expect(new Destination(destination).onEvent(call, settings)).rejects.toThrow(message)
    const results = await new Destination(destination).onBatch([call], settings)
    const nodes = results.flatMap(({ multistatus = [] }) => multistatus)
    const messages = nodes.map((node) => ('errormessage' in node ? node.errormessage : ''))
    expect(messages).toContainEqual(expect.stringMatching(message))
    expect(received.events).toStrictEqual([])
  })
})

describe('two presets that match the same call', () => {
  it('send it as both events', async () => {
    const received = respondToEvents(acceptAll)
    const event = automatic.find(({ partnerAction }) => partnerAction === 'event')
    const both = [
      automatic.find(({ partnerAction }) => partnerAction === 'payment'),
      { ...event, subscribe: 'type = "track"' }
    ]
    await new Destination(destination).onEvent(CALLS.payment, {
      tokenId: TOKEN,
      subscriptions: both as unknown as JSONObject[]
    })
    expect(received.events.map(({ type, id }) => [type, id]).sort()).toStrictEqual([
      ['event', 'payment-1'],
      ['payment', 'payment-1']
    ])
  })
})
