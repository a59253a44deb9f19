const TRAITS = { email: 'ada@acme.example', plan: 'pro' }

/** A Segment call for each action, without its messageId and its ids. */
const CALLS: Record<string, object> = {
  visit: { type: 'page', properties: { url: 'https://acme.example/pricing', path: '/pricing', title: 'Pricing' } },
  login: { type: 'identify', traits: TRAITS },
  payment: { type: 'track', event: 'Payment Made', properties: { revenue: 49.99, currency: 'EUR' } },
  refund: { type: 'track', event: 'Refund Received', properties: { revenue: 12.5 } },
  cancel: { type: 'track', event: 'cancel' },
  signup: { type: 'track', event: 'signup' },
  attribute: { type: 'identify', traits: TRAITS },
  alias: { type: 'alias', previousId: 'ada@acme.example' },
  event: { type: 'track', event: 'Report Exported', properties: { format: 'csv' } }
}

/** The actions that there is a call for. */
export const CALLED_ACTIONS = Object.keys(CALLS)

/**
 * A Segment call that an action takes.
 *
 * @param action its slug.
 * @param messageId the messageId of the call.
 */
export const callFor = (action: string, messageId: string): object => ({
  ...CALLS[action],
  messageId,
  anonymousId: 'visitor-1',
  userId: 'user-1',
  timestamp: '2026-03-02T09:14:07.120Z',
  context: { ip: '203.0.113.7', locale: 'en-US' }
})
