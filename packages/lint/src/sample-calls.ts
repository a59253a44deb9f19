/** A call as Segment sends it to a destination. */
export type Call = Readonly<Record<string, unknown>>

/** A call, and what it is an example of. */
export interface SampleCall {
  title: string
  call: Call
  /** The part of Engage that sends it. Presets with an event slug ask for such calls. */
  emitter?: 'warehouse' | 'journey'
}

const USER = { userId: 'u-1842' }
const VISITOR = { anonymousId: '3f1b7c9e-52d4-4c0a-9f0e-6d1c2a7b8e90' }

/** What every call has. */
const envelope = (messageId: string, time: string, channel: string) => ({
  messageId,
  timestamp: time,
  originalTimestamp: time,
  sentAt: time,
  receivedAt: time,
  channel,
  version: 2,
  projectId: 'sVzN7qYd4w',
  integrations: { All: true }
})

/** The context of a browser, with the campaign that brought the visitor. */
const WEB = {
  active: true,
  ip: '203.0.113.24',
  userAgent:
    'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36',
  userAgentData: {
    brands: [{ brand: 'Google Chrome', version: '140' }],
    mobile: false,
    platform: 'macOS'
  },
  locale: 'en-US',
  timezone: 'Europe/Madrid',
  groupId: 'acme',
  library: { name: 'analytics.js', version: 'next-1.81.0' },
  campaign: {
    name: 'spring-launch',
    source: 'google',
    medium: 'cpc',
    term: 'revenue dashboard',
    content: 'banner-b',
    id: '77120'
  },
  page: {
    url: 'https://shop.example.com/pricing?utm_campaign=spring-launch',
    path: '/pricing',
    search: '?utm_campaign=spring-launch',
    title: 'Pricing',
    referrer: 'https://www.google.com/'
  },
  referrer: {
    id: 'ABCD582CDEFFFF01919',
    type: 'google',
    name: 'Google',
    url: 'https://www.google.com/',
    link: '/ad/7'
  },
  screen: { width: 1440, height: 900, density: 2 },
  traits: { email: 'ana@example.com', phone: '+34600000000', firstName: 'Ana', lastName: 'Ruiz', name: 'Ana Ruiz' }
}

/** The context of a phone. */
const MOBILE = {
  ip: '198.51.100.7',
  userAgent: 'Dalvik/2.1.0 (Linux; U; Android 15; Pixel 9)',
  locale: 'es-ES',
  timezone: 'Europe/Madrid',
  library: { name: 'analytics-kotlin', version: '1.19.2' },
  app: { name: 'Example Shop', version: '5.4.0', build: '540', namespace: 'com.example.shop' },
  device: {
    id: 'b5372db0c21e11e48dfc',
    advertisingId: '7a3cbea0-bdf5-11e4-8dfc-aa07a5b093db',
    adTrackingEnabled: true,
    manufacturer: 'Google',
    model: 'Pixel 9',
    name: 'tokay',
    type: 'android',
    version: '15',
    token: 'ff15bc0c20c4aa6cd50854ff165fd265c838e5405bfeb957'
  },
  os: { name: 'Android', version: '15' },
  network: { bluetooth: false, carrier: 'Movistar', cellular: true, wifi: false },
  screen: { width: 1080, height: 2424, density: 3 },
  location: { city: 'Madrid', country: 'Spain', latitude: 40.4168, longitude: -3.7038, speed: 0 },
  traits: { email: 'ana@example.com', userId: 'u-1842', anonymousId: VISITOR.anonymousId }
}

/** The context of a server. */
const SERVER = { library: { name: '@segment/analytics-node', version: '2.3.0' } }

const ADDRESS = {
  street: 'Calle Mayor 1',
  city: 'Madrid',
  state: 'Madrid',
  postalCode: '28013',
  postal_code: '28013',
  country: 'Spain'
}

/**
 * All traits of the identify spec, in both usual spellings.
 *
 * @see https://segment.com/docs/connections/spec/identify/#traits
 */
const USER_TRAITS = {
  email: 'ana@example.com',
  name: 'Ana Ruiz',
  firstName: 'Ana',
  first_name: 'Ana',
  lastName: 'Ruiz',
  last_name: 'Ruiz',
  username: 'anaruiz',
  phone: '+34600000000',
  title: 'Head of Growth',
  age: 34,
  birthday: '1991-11-02',
  gender: 'female',
  avatar: 'https://shop.example.com/avatars/1842.png',
  description: 'Prefers mail to calls',
  website: 'https://ana.example.com',
  company: { id: 'acme', name: 'Acme', industry: 'Retail', employee_count: 42, plan: 'business' },
  address: ADDRESS,
  createdAt: '2026-03-01T10:00:00.000Z',
  created_at: '2026-03-01T10:00:00.000Z',
  plan: 'business',
  id: USER.userId
}

const PRODUCT = {
  product_id: '507f1f77bcf86cd799439011',
  sku: 'G-32',
  category: 'Games',
  name: 'Monopoly: 3rd Edition',
  brand: 'Hasbro',
  variant: '200 pieces',
  price: 18.99,
  quantity: 1,
  coupon: 'MAYDEALS',
  position: 3,
  url: 'https://shop.example.com/products/monopoly',
  image_url: 'https://shop.example.com/products/monopoly.jpg'
}

/**
 * All members of the e-commerce spec for an order.
 *
 * @see https://segment.com/docs/connections/spec/ecommerce/v2/#order-completed
 */
const ORDER = {
  checkout_id: 'c-5512',
  order_id: '50314b8e9bcf000000000000',
  affiliation: 'Web Shop',
  subtotal: 22.5,
  total: 27.5,
  revenue: 25,
  shipping: 3,
  tax: 2,
  discount: 2.5,
  coupon: 'hasbros',
  currency: 'EUR',
  value: 25,
  amount: 25,
  email: 'ana@example.com',
  products: [PRODUCT, { ...PRODUCT, product_id: '505bd76785ebb509fc183733', sku: 'G-33', name: 'Uno', price: 3.51 }]
}

/** The context of a call that Engage sends. */
const personas = (computation_class: string, computation_id: string, computation_key: string, more = {}) => ({
  personas: {
    computation_class,
    computation_id,
    computation_key,
    namespace: 'spa_w5akhv1XwnGj5j2HVT6NWX',
    space_id: 'spa_w5akhv1XwnGj5j2HVT6NWX',
    event_emitter_id: 'event_emitter_2GKsjADZkD',
    external_audience_id: 'ext-9001',
    audience_settings: {},
    ...more
  },
  traits: { email: 'ana@example.com' }
})

/** The context of a linked audience, which Segment computes in a warehouse. */
const LINKED = personas('audience', 'aud_7Lc4WmPq', 'owns_a_subscription', { computation_run_id: 'run_5Tq81x' })

const engage = (messageId: string, time: string, context: object) => ({
  ...envelope(`personas_${messageId}`, time, 'server'),
  ...USER,
  context,
  integrations: { All: false, Tractionboard: true }
})

/**
 * Calls of every type and source, as complete as Segment sends them, to try subscriptions and defaults on.
 */
export const SAMPLE_CALLS: readonly SampleCall[] = [
  {
    title: 'a page seen by an unknown visitor',
    call: {
      ...envelope('ajs-next-0001', '2026-03-02T09:14:07.000Z', 'client'),
      ...VISITOR,
      type: 'page',
      name: 'Pricing',
      category: 'Marketing',
      properties: { ...WEB.page, name: 'Pricing', category: 'Marketing', keywords: ['revenue', 'dashboard'] },
      context: WEB
    }
  },
  {
    title: 'a page seen by a known user',
    call: {
      ...envelope('ajs-next-0002', '2026-03-02T09:20:00.000Z', 'client'),
      ...USER,
      ...VISITOR,
      type: 'page',
      name: 'Account',
      properties: { ...WEB.page, name: 'Account' },
      context: WEB
    }
  },
  {
    title: 'a screen of an app',
    call: {
      ...envelope('android-0003', '2026-03-02T19:01:33.000Z', 'mobile'),
      ...USER,
      ...VISITOR,
      type: 'screen',
      name: 'Home',
      category: 'Main',
      properties: { name: 'Home', category: 'Main', variation: 'blue' },
      context: MOBILE
    }
  },
  {
    title: 'an identify of a user who logged in',
    call: {
      ...envelope('ajs-next-0004', '2026-03-02T09:15:42.000Z', 'client'),
      ...USER,
      ...VISITOR,
      type: 'identify',
      traits: USER_TRAITS,
      context: WEB
    }
  },
  {
    title: 'an identify of a user of an app',
    call: {
      ...envelope('android-0021', '2026-03-02T19:01:31.000Z', 'mobile'),
      ...USER,
      ...VISITOR,
      type: 'identify',
      traits: USER_TRAITS,
      context: MOBILE
    }
  },
  {
    title: 'an identify of a visitor who left an address',
    call: {
      ...envelope('ajs-next-0005', '2026-03-02T09:14:50.000Z', 'client'),
      ...VISITOR,
      type: 'identify',
      traits: { email: 'ana@example.com', newsletter: true },
      context: WEB
    }
  },
  {
    title: 'an identify by an Engage audience',
    call: {
      ...engage(
        '0006',
        '2026-03-03T00:00:10.000Z',
        personas('audience', 'aud_2GKsjADZkD', 'order_completed_last_30days')
      ),
      type: 'identify',
      traits: { order_completed_last_30days: true, email: 'ana@example.com' }
    }
  },
  {
    title: 'an identify by an Engage computed trait',
    call: {
      ...engage('0007', '2026-03-03T00:00:11.000Z', personas('trait', 'tra_8Kd02nSa', 'total_revenue_180_days')),
      type: 'identify',
      traits: { total_revenue_180_days: 450 }
    }
  },
  {
    title: 'a payment, by a server',
    call: {
      ...envelope('node-0008', '2026-03-02T09:31:00.000Z', 'server'),
      ...USER,
      type: 'track',
      event: 'Payment Made',
      properties: ORDER,
      context: SERVER
    }
  },
  {
    title: 'a refund, by a server',
    call: {
      ...envelope('node-0009', '2026-03-05T11:02:00.000Z', 'server'),
      ...USER,
      type: 'track',
      event: 'Refund Received',
      properties: ORDER,
      context: SERVER
    }
  },
  {
    title: 'a cancellation',
    call: {
      ...envelope('ajs-next-0010', '2026-04-01T08:00:00.000Z', 'client'),
      ...USER,
      ...VISITOR,
      type: 'track',
      event: 'cancel',
      properties: { plan: 'business', reason: 'too expensive' },
      context: WEB
    }
  },
  {
    title: 'a signup',
    call: {
      ...envelope('ajs-next-0011', '2026-03-01T10:00:00.000Z', 'client'),
      ...USER,
      ...VISITOR,
      type: 'track',
      event: 'signup',
      properties: { plan: 'business', type: 'organic', email: 'ana@example.com', username: 'anaruiz' },
      context: WEB
    }
  },
  {
    title: 'an order in a web shop',
    call: {
      ...envelope('ajs-next-0012', '2026-03-02T09:30:00.000Z', 'client'),
      ...USER,
      ...VISITOR,
      type: 'track',
      event: 'Order Completed',
      properties: ORDER,
      context: WEB
    }
  },
  {
    title: 'a product seen by an unknown visitor',
    call: {
      ...envelope('ajs-next-0013', '2026-03-02T09:16:00.000Z', 'client'),
      ...VISITOR,
      type: 'track',
      event: 'Product Viewed',
      properties: { ...PRODUCT, currency: 'EUR', value: 18.99, cart_id: 'k-71', list_id: 'games', query: 'monopoly' },
      context: WEB
    }
  },
  {
    title: 'an app that was opened',
    call: {
      ...envelope('android-0014', '2026-03-02T19:01:30.000Z', 'mobile'),
      ...USER,
      ...VISITOR,
      type: 'track',
      event: 'Application Opened',
      properties: { from_background: false, version: '5.4.0', build: '540', url: 'shop://home' },
      context: MOBILE
    }
  },
  {
    title: 'a user who entered an Engage audience',
    call: {
      ...engage('0015', '2026-03-03T00:00:12.000Z', personas('audience', 'aud_2GKsjADZkD', 'first_time_shopper')),
      type: 'track',
      event: 'Audience Entered',
      properties: { audience_key: 'first_time_shopper', first_time_shopper: true, email: 'ana@example.com' }
    }
  },
  {
    title: 'a membership of a linked audience that changed',
    emitter: 'warehouse',
    call: {
      ...engage('0016', '2026-03-03T00:00:13.000Z', LINKED),
      type: 'identify',
      traits: { owns_a_subscription: true, email: 'ana@example.com' }
    }
  },
  {
    title: 'an entity of a linked audience',
    emitter: 'warehouse',
    call: {
      ...engage('0017', '2026-03-03T00:00:14.000Z', LINKED),
      type: 'track',
      event: 'Subscription Entered',
      properties: {
        audience_key: 'owns_a_subscription',
        owns_a_subscription: true,
        email: 'ana@example.com',
        data_graph_entity_context: { subscriptions: [{ id: 'sub-7', tier: 'gold' }] }
      }
    }
  },
  {
    title: 'a step of a journey',
    emitter: 'journey',
    call: {
      ...engage(
        '0018',
        '2026-03-03T00:00:15.000Z',
        personas('journey_step', 'welcome__mail_8943l', 'welcome__mail_8943l')
      ),
      type: 'track',
      event: 'Welcome Mail Due',
      properties: {
        journey_context: { signup: { plan: 'business' } },
        journey_metadata: { journey_id: '2GKsjADZkD', epoch_id: 'yiC2qPZNIS' },
        email: 'ana@example.com'
      }
    }
  },
  {
    title: 'a group',
    call: {
      ...envelope('ajs-next-0019', '2026-03-02T09:15:43.000Z', 'client'),
      ...USER,
      ...VISITOR,
      type: 'group',
      groupId: 'acme',
      traits: {
        id: 'acme',
        name: 'Acme',
        email: 'office@acme.example.com',
        phone: '+34910000000',
        industry: 'Retail',
        employees: 42,
        plan: 'business',
        website: 'https://acme.example.com',
        description: 'Sells games',
        avatar: 'https://acme.example.com/logo.png',
        address: ADDRESS,
        createdAt: '2026-01-15T08:00:00.000Z',
        created_at: '2026-01-15T08:00:00.000Z'
      },
      context: WEB
    }
  },
  {
    title: 'a group by an Engage account audience',
    call: {
      ...engage('0022', '2026-03-03T00:00:16.000Z', personas('audience', 'aud_9Rb31kXe', 'large_accounts')),
      type: 'group',
      groupId: 'acme',
      traits: { large_accounts: true }
    }
  },
  {
    title: 'an alias',
    call: {
      ...envelope('ajs-next-0020', '2026-03-02T09:15:41.000Z', 'client'),
      ...USER,
      ...VISITOR,
      type: 'alias',
      previousId: VISITOR.anonymousId,
      context: WEB
    }
  }
]
