import { inspect } from 'node:util'
import { difference, map } from 'lodash'
import type { SegmentEvent } from '@segment/actions-core'
import { AUTOMATIC_PRESETS } from '../shared/presets'

/** Part of every canary, so that one search finds all of them, even truncated or in another case. */
const MARK = 'canary'

/** A canary that is a number: amounts are personal data too. */
const AMOUNT = 48151.62

/** A value that stands for personal data, and that can be found in output. */
export const canary = (what: string): string => `${MARK}-${what}`

/** The Token ID of all security checks. */
export const TOKEN = `tb_${MARK}_token`

/** The canaries in a text, each once, with what follows them to tell them apart. */
export const canariesIn = (text: string): string[] => [
  ...new Set(text.match(new RegExp(`(tb_)?(${MARK}|${String(AMOUNT)})[\\w-]{0,20}`, 'gi')) ?? [])
]

/** All that can be read from a value; of an error, also its stack and its members. */
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

/** A call for a preset whose values are canaries, except for its message id, which is shown on purpose. */
export interface CanaryCall {
  preset: string
  call: SegmentEvent
}

let number = 0

function canaryCall(preset: string, members: object): CanaryCall {
  const timestamp = '2026-03-02T09:14:07.120Z'
  const call: unknown = { messageId: `message-${(number += 1)}`, timestamp, ...person, context, ...members }
  return { preset, call: call as SegmentEvent }
}

const track = (preset: string, event: string, members: object = {}) =>
  canaryCall(preset, { type: 'track', event, properties: personal, ...members })

const money = (members: object = {}) => ({ properties: { ...personal, revenue: AMOUNT, currency: 'EUR', ...members } })

const engage = { ...context, personas: { computation_key: canary('audience'), computation_class: 'audience' } }

/** A call with canaries for each automatic preset. */
export const CANARY_CALLS = {
  page: canaryCall('Page Visits', {
    type: 'page',
    name: canary('page'),
    category: canary('category'),
    properties: { ...context.page, ...personal }
  }),
  screen: canaryCall('Screen Visits', { type: 'screen', name: canary('screen'), properties: personal }),
  login: canaryCall('Logins', { type: 'identify', traits: personal }),
  loginByContext: canaryCall('Logins', { type: 'identify', context: { ...context, traits: personal } }),
  visitor: canaryCall('Attributes of Anonymous Visitors', { type: 'identify', userId: null, traits: personal }),
  engage: canaryCall('Engage Audiences and Computed Traits', { type: 'identify', traits: personal, context: engage }),
  payment: track('Payments', 'Payment Made', money()),
  refund: track('Refunds', 'Refund Received', money()),
  cancel: track('Cancellations', 'cancel'),
  signup: track('Signups', 'signup'),
  event: track('Custom Events', canary('event')),
  accountAudience: canaryCall('Engage Account Audiences', {
    type: 'group',
    groupId: canary('account'),
    traits: personal,
    context: engage
  }),
  group: canaryCall('Groups', { type: 'group', groupId: canary('group'), traits: personal }),
  alias: canaryCall('Aliases', { type: 'alias', previousId: canary('previous') })
}

const LONG = canary('x'.repeat(300))

/** Members that make a call of any preset invalid. The canary is in the invalid field. */
const INVALID_MEMBERS: object[] = [
  { timestamp: canary('time') },
  { timestamp: { at: canary('time') } },
  { userId: LONG },
  { anonymousId: LONG },
  { userId: { id: canary('user') } },
  { userId: [canary('user')], anonymousId: [canary('visitor')] },
  { userId: ' ', anonymousId: '' },
  { userId: 'null', anonymousId: '[object Object]' },
  { userId: 'undefined', context: { ...context, traits: canary('traits') }, category: [canary('category')] },
  { messageId: '' },
  { context: canary('context') },
  { context: { ...context, ip: { v4: canary('ip') }, page: canary('page'), campaign: canary('campaign') } },
  { context: { ...context, campaign: { [canary('key')]: { deep: canary('value') } } } },
  { properties: canary('properties'), traits: canary('traits') },
  { properties: [canary('properties')], traits: [canary('traits')] },
  { properties: { huge: canary('x'.repeat(40_000)) }, traits: { huge: canary('x'.repeat(40_000)) } },
  { properties: nested(300), traits: nested(300) }
]

/** Members that make a call of one preset invalid. */
const INVALID_MEMBERS_BY_CALL: Partial<Record<keyof typeof CANARY_CALLS, object[]>> = {
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

/** Calls with invalid members. Some of them can be delivered all the same. */
export const INVALID_CALLS: CanaryCall[] = Object.entries(CANARY_CALLS).flatMap(([name, { preset, call }]) =>
  [...INVALID_MEMBERS, ...(INVALID_MEMBERS_BY_CALL[name as keyof typeof CANARY_CALLS] ?? [])].map((members) => {
    const { messageId } = canaryCall(preset, {}).call
    return { preset, call: { ...call, messageId, ...members } }
  })
)

/** The automatic presets without a canary call, each in words. */
export const missingCanaryCalls = (): string[] =>
  difference(AUTOMATIC_PRESETS, map(CANARY_CALLS, 'preset')).map(
    (preset) =>
      `No canary call for the preset ${preset}. Add one to CANARY_CALLS in packages/quality/src/security/canaries.ts.`
  )
