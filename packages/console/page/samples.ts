/** A call to start from, and what it shows. */
export interface Sample {
  name: string
  /** The call, or a text that is no JSON. */
  call: object | string
}

const CAMPAIGN = { campaign: { source: 'google', medium: 'cpc', name: 'spring-launch' } }
const PAGE = { page: { url: 'https://shop.example.com/pricing', path: '/pricing', title: 'Pricing' } }
const VISITOR = { anonymousId: 'visitor-1' }
const USER = { userId: 'u-1', anonymousId: 'visitor-1' }
const PAYMENT = { type: 'track', event: 'Payment Made', ...USER, properties: { revenue: 49, currency: 'EUR' } }

/** One of every kind of call that the destination treats in its own way. */
export const SAMPLES: Sample[] = [
  { name: 'Page', call: { type: 'page', name: 'Pricing', ...VISITOR, context: { ...PAGE, ...CAMPAIGN } } },
  { name: 'Screen', call: { type: 'screen', name: 'Pricing', ...VISITOR, context: { device: { type: 'ios' } } } },
  { name: 'Identify', call: { type: 'identify', ...USER, traits: { email: 'ana@example.com', plan: 'team' } } },
  {
    name: 'Identify without a user ID',
    call: { type: 'identify', ...VISITOR, traits: { locale: 'es', newsletter: true } }
  },
  {
    name: 'Engage audience',
    call: {
      type: 'identify',
      ...USER,
      traits: { order_completed_last_30days: true },
      context: { personas: { computation_class: 'audience', computation_key: 'order_completed_last_30days' } }
    }
  },
  {
    name: 'Engage computed trait',
    call: {
      type: 'identify',
      ...USER,
      traits: { lifetime_value: 420.5 },
      context: { personas: { computation_class: 'computed_trait', computation_key: 'lifetime_value' } }
    }
  },
  { name: 'Payment Made', call: PAYMENT },
  {
    name: 'Refund Received',
    call: { ...PAYMENT, event: 'Refund Received', properties: { revenue: 9, currency: 'EUR' } }
  },
  { name: 'cancel', call: { type: 'track', event: 'cancel', ...USER, properties: { reason: 'too expensive' } } },
  { name: 'signup', call: { type: 'track', event: 'signup', ...USER, context: CAMPAIGN } },
  { name: 'Another track', call: { type: 'track', event: 'Report Exported', ...USER, properties: { format: 'pdf' } } },
  { name: 'Group', call: { type: 'group', ...USER, groupId: 'acme', traits: { name: 'Acme', employees: 11 } } },
  { name: 'Alias', call: { type: 'alias', userId: 'u-2', previousId: 'u-1' } },
  { name: 'Broken: a name that is nearly right', call: { ...PAYMENT, event: 'payment made' } },
  { name: 'Broken: a payment without an amount', call: { ...PAYMENT, properties: { currency: 'EUR' } } },
  { name: 'Broken: an amount that is no number', call: { ...PAYMENT, properties: { revenue: '49,00 €' } } },
  { name: 'Broken: a signup without a user', call: { type: 'track', event: 'signup', ...VISITOR } },
  { name: 'Broken: a date that is none', call: { ...PAYMENT, timestamp: 'yesterday' } },
  { name: 'Broken: no JSON', call: '{ "type": "track", "event": "signup", }' }
]
