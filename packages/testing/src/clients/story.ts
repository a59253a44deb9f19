/** One call of the story, as the libraries for servers take it. */
export interface StoryCall {
  type: 'page' | 'track' | 'identify' | 'alias'
  userId?: string
  anonymousId?: string
  [member: string]: unknown
}

/** How the library for browsers names the visitor is its own affair. */
const VISITOR = 'visitor-1'

/** One customer: comes from a campaign, signs up, pays, joins an audience, gets a refund, cancels, and gets another id. */
export const STORY: StoryCall[] = [
  {
    type: 'page',
    anonymousId: VISITOR,
    name: 'Pricing',
    properties: { url: 'https://shop.example/pricing', path: '/pricing', title: 'Pricing' },
    context: { campaign: { source: 'newsletter', medium: 'email', name: 'spring' } }
  },
  { type: 'identify', userId: 'user-1', anonymousId: VISITOR, traits: { plan: 'pro' } },
  { type: 'track', event: 'signup', userId: 'user-1', anonymousId: VISITOR },
  { type: 'track', event: 'Payment Made', userId: 'user-1', properties: { value: 99.5, currency: 'USD' } },
  {
    type: 'identify',
    userId: 'user-1',
    traits: { big_spenders: true },
    context: { personas: { computation_class: 'audience', computation_key: 'big_spenders' } }
  },
  { type: 'track', event: 'Refund Received', userId: 'user-1', properties: { value: 20, currency: 'USD' } },
  { type: 'track', event: 'cancel', userId: 'user-1' },
  { type: 'alias', userId: 'user-2', previousId: 'user-1' }
]
