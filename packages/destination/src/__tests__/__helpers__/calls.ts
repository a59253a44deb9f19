import type { SegmentEvent } from '@segment/actions-core'

/** The timestamp of each of these calls. */
export const TIMESTAMP = '2026-03-02T09:14:07.120Z'

const browser = {
  ip: '203.0.113.7',
  locale: 'en-US',
  userAgent: 'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7)',
  library: { name: 'analytics.js', version: '2.11.1' },
  page: {
    url: 'https://acme.example/pricing?utm_source=newsletter',
    path: '/pricing',
    search: '?utm_source=newsletter',
    title: 'Pricing',
    referrer: 'https://mail.example/'
  },
  campaign: { name: 'spring', source: 'newsletter', medium: 'email' }
}

function call(messageId: string, rest: object): SegmentEvent {
  const ids = { anonymousId: 'visitor-1', userId: 'user-1' }
  const whole: unknown = { messageId, ...ids, timestamp: TIMESTAMP, context: browser, integrations: {}, ...rest }
  return whole as SegmentEvent
}

const track = (messageId: string, event: string, properties: object) =>
  call(messageId, { type: 'track', event, properties })

const mobile = { ip: '203.0.113.8', locale: 'de-DE', device: { type: 'ios' }, library: { name: 'analytics-ios' } }
const engage = (key: string) => ({
  personas: { computation_class: 'audience', computation_key: key, namespace: 'users' }
})

/** A complete Segment call for each automatic preset. */
export const CALLS = {
  page: call('page-1', {
    type: 'page',
    name: 'Pricing',
    userId: null,
    properties: { ...browser.page, section: 'plans' }
  }),
  screen: call('screen-1', { type: 'screen', name: 'Home', properties: { tab: 'inbox' }, context: mobile }),
  identify: call('identify-1', {
    type: 'identify',
    traits: { email: 'ada@acme.example', plan: { name: 'pro', seats: 3 } }
  }),
  anonymousIdentify: call('identify-2', { type: 'identify', userId: null, traits: { interest: 'teams' } }),
  audience: call('engage-1', {
    type: 'identify',
    anonymousId: undefined,
    traits: { order_completed_last_30days: true },
    context: engage('order_completed_last_30days')
  }),
  payment: track('payment-1', 'Payment Made', { revenue: 49.99, currency: 'eur', invoice: 'in_1' }),
  refund: track('refund-1', 'Refund Received', { revenue: -12.5 }),
  cancel: track('cancel-1', 'cancel', { reason: 'price' }),
  signup: track('signup-1', 'signup', { plan: 'pro' }),
  custom: track('custom-1', 'Report Exported', { format: 'csv' }),
  group: call('group-1', { type: 'group', groupId: 'company-1', traits: { name: 'Acme', employees: 12 } }),
  accountAudience: call('engage-2', {
    type: 'group',
    anonymousId: undefined,
    groupId: 'company-1',
    traits: { large_accounts: true },
    context: engage('large_accounts')
  }),
  alias: call('alias-1', { type: 'alias', userId: 'user-1', previousId: 'ada@acme.example', anonymousId: undefined })
}

export type CallName = keyof typeof CALLS

/** The call that each automatic preset is for. */
export const CALL_OF_PRESET: Record<string, CallName> = {
  'Page Visits': 'page',
  'Screen Visits': 'screen',
  Logins: 'identify',
  'Attributes of Anonymous Visitors': 'anonymousIdentify',
  'Engage Audiences and Computed Traits': 'audience',
  Payments: 'payment',
  Refunds: 'refund',
  Cancellations: 'cancel',
  Signups: 'signup',
  'Custom Events': 'custom',
  Groups: 'group',
  'Engage Account Audiences': 'accountAudience',
  Aliases: 'alias'
}

/**
 * @param name the name of a call.
 * @param members members that replace those of the call.
 * @returns the call with these members.
 * @example callWith('cancel', { userId: null })
 */
export const callWith = (name: CallName, members: object): SegmentEvent => ({ ...CALLS[name], ...members })
