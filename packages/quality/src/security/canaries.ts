import { inspect } from 'node:util'
import { difference, map } from 'lodash'
import type { SegmentEvent } from '@segment/actions-core'
import { AUTOMATIC_PRESETS } from '../shared/presets'

/** Part of every canary, so that one search finds them all, in whatever case and however they were cut or encoded. */
const MARK = 'canary'

/** The amount of a payment: numbers are personal data too. */
const AMOUNT = 48151.62

/** A text that is nobody's, to be found again. */
export const canary = (what: string): string => `${MARK}-${what}`

/** The Token ID of every run here. */
export const TOKEN = `tb_${MARK}_token`

/** The canaries in a text, each once, with what follows them so that they can be told from each other. */
export const canariesIn = (text: string): string[] => [
  ...new Set(text.match(new RegExp(`(tb_)?(${MARK}|${String(AMOUNT)})[\\w-]{0,20}`, 'gi')) ?? [])
]

/** All that can be read of a value by whoever gets hold of it: of an error also its stack, and what hangs on it. */
export function visible(value: unknown): string {
  const { message, stack } = Object(value) as Partial<Error>
  return [inspect(value, { depth: Infinity, showHidden: true, maxStringLength: null }), message, stack].join('\n')
}

const person = { userId: canary('user'), anonymousId: canary('visitor') }

const context = {
  ip: canary('ip'),
  locale: canary('locale'),
  userAgent: canary('agent'),
  page: {
    url: `https://acme.example/${canary('url')}`,
    path: `/${canary('path')}`,
    search: `?${canary('search')}`,
    title: canary('title'),
    referrer: `https://acme.example/${canary('referrer')}`
  },
  campaign: { name: canary('campaign'), source: canary('source'), medium: canary('medium'), other: canary('utm') }
}

const personal = { email: `${canary('mail')}@acme.example`, phone: canary('phone'), of: { deep: [canary('deep')] } }

/** A call of a preset: the message id is shown on purpose, and everything else is not. */
export interface Planted {
  preset: string
  call: SegmentEvent
}

let number = 0

function planted(preset: string, said: object): Planted {
  const timestamp = '2026-03-02T09:14:07.120Z'
  const call: unknown = { messageId: `message-${(number += 1)}`, timestamp, ...person, context, ...said }
  return { preset, call: call as SegmentEvent }
}

const track = (preset: string, event: string, said: object = {}) =>
  planted(preset, { type: 'track', event, properties: personal, ...said })

const money = (said: object = {}) => ({ properties: { ...personal, revenue: AMOUNT, currency: 'EUR', ...said } })

const engage = { ...context, personas: { computation_key: canary('audience'), computation_class: 'audience' } }

/** A call for each of the presets that a customer has, with canaries in all that it says. */
export const PLANTED = {
  page: planted('Page Visits', { type: 'page', name: canary('page'), properties: { ...context.page, ...personal } }),
  screen: planted('Screen Visits', { type: 'screen', name: canary('screen'), properties: personal }),
  login: planted('Logins', { type: 'identify', traits: personal }),
  visitor: planted('Attributes of Anonymous Visitors', { type: 'identify', userId: null, traits: personal }),
  engage: planted('Engage Audiences and Computed Traits', { type: 'identify', traits: personal, context: engage }),
  payment: track('Payments', 'Payment Made', money()),
  refund: track('Refunds', 'Refund Received', money()),
  cancel: track('Cancellations', 'cancel'),
  signup: track('Signups', 'signup'),
  event: track('Custom Events', canary('event')),
  accountAudience: planted('Engage Account Audiences', {
    type: 'group',
    groupId: canary('account'),
    traits: personal,
    context: engage
  }),
  group: planted('Groups', { type: 'group', groupId: canary('group'), traits: personal }),
  alias: planted('Aliases', { type: 'alias', previousId: canary('previous') })
}

const LONG = canary('x'.repeat(300))

/** What may be wrong with a call of any preset; the canary stands in the very field that is wrong. */
const SPOILT: object[] = [
  { timestamp: canary('time') },
  { timestamp: { at: canary('time') } },
  { userId: LONG },
  { anonymousId: LONG },
  { userId: { id: canary('user') } },
  { userId: [canary('user')], anonymousId: [canary('visitor')] },
  { userId: ' ', anonymousId: '' },
  { messageId: '' },
  { context: canary('context') },
  { context: { ...context, ip: { v4: canary('ip') }, page: canary('page'), campaign: canary('campaign') } },
  { context: { ...context, campaign: { [canary('key')]: { deep: canary('value') } } } },
  { properties: canary('properties'), traits: canary('traits') },
  { properties: [canary('properties')], traits: [canary('traits')] },
  { properties: { huge: canary('x'.repeat(40_000)) }, traits: { huge: canary('x'.repeat(40_000)) } },
  { properties: nested(300), traits: nested(300) }
]

/** What may be wrong with calls of one preset. */
const SPOILT_ALSO: Partial<Record<keyof typeof PLANTED, object[]>> = {
  payment: [
    ...[`$${canary('amount')}`, `-${String(AMOUNT)}`, { of: canary('amount') }, `${String(AMOUNT)},00`, '1e999'].map(
      (revenue) => money({ revenue })
    ),
    money({ currency: canary('currency') }),
    money({ currency: { code: canary('currency') } })
  ],
  refund: [money({ revenue: canary('amount') }), money({ currency: canary('currency') })],
  event: [{ event: `${canary('event')} ${'x'.repeat(300)}` }],
  screen: [{ name: { of: canary('screen') } }],
  alias: [{ previousId: person.userId }, { previousId: LONG }, { previousId: { id: canary('previous') } }],
  group: [{ groupId: { id: canary('group') } }]
}

function nested(depth: number): unknown {
  return depth === 0 ? canary('deep') : { a: nested(depth - 1) }
}

/** Calls that cannot be delivered, and calls that somehow can: what is wrong is where the canary is. */
export const SPOILT_CALLS: Planted[] = Object.entries(PLANTED).flatMap(([name, { preset, call }]) =>
  [...SPOILT, ...(SPOILT_ALSO[name as keyof typeof PLANTED] ?? [])].map((spoilt) => {
    const { messageId } = planted(preset, {}).call
    return { preset, call: { ...call, messageId, ...spoilt } }
  })
)

/** What is missing from the canary calls, each in a sentence: every automatic preset needs one. */
export const missingCanaryCalls = (): string[] =>
  difference(AUTOMATIC_PRESETS, map(PLANTED, 'preset')).map(
    (preset) =>
      `No canary call for the preset ${preset}. Add one to CANARY_CALLS in packages/quality/src/security/canaries.ts.`
  )
