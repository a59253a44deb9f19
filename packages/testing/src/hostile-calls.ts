import type { Fields } from './call-builder'
import type { Rng } from './random'

const USER_IDS = ['', ' ', null, undefined, 'null', 'NONE', 7, ' u1', 'u2\n', 'a1', { id: 'u1' }]
const ANONYMOUS_IDS = ['', null, undefined, 'undefined', 5, 'a4 ', 'u2', { id: 'a1' }]
const SOURCES = ['google', 'Google', 'goo gle ', '', ' ', 'mail', ['google'], 7, null, 'www.bing.com']
const URLS = [
  'https://acme.com/',
  'https://app.acme.com/?utm_source=ads&utm_medium=cpc',
  'https://acme.com/?utm_source=%20',
  'http://localhost:3000/',
  'http://10.0.0.1/',
  '/pricing',
  '',
  7,
  { href: 'https://acme.com/' },
  undefined
]
const REFERRERS = [
  'https://www.google.com/',
  'https://acme.com/',
  'https://WWW.BING.com:8080/',
  'https://one.github.io/',
  'http://10.0.0.1/',
  'android-app://com.example/',
  'Homepage banner',
  '',
  undefined
]
const AMOUNTS = [10, 0.004, 0.005, 19.990000000000002, 1e-7, 1234.5, 0, '5.005', ' 7 ', '-0', '1,0', -3, true, 1e21]
const CURRENCIES = ['USD', 'jpy', 'KWD', 'HUF', 'HRK', 'SLL', 'BYR', ' eur ', undefined, null, 7, 'XAU', 'EURO']
const EVENTS = ['signup', 'cancel', 'Payment Made', 'Refund Received', 'Note Created', 'Signup', '', ' ', undefined, 7]
const NO_FIELDS = [undefined, {}, [], 'text']

/**
 * Calls of a few people in a few months, with the mistakes that real systems make in every part of a call. Some calls
 * come again with another time or context.
 */
export function hostileCalls(count: number, createRng: Rng): Fields[] {
  const calls = Array.from({ length: count }, (_, index) => hostileCall(`m${index}`, createRng))
  return calls.flatMap((call) =>
    createRng.chance(0.15) ? [call, { ...call, timestamp: timestamp(createRng), context: context(createRng) }] : [call]
  )
}

function hostileCall(messageId: string, createRng: Rng): Fields {
  const type = createRng.pick(['page', 'screen', 'identify', 'track', 'track', 'track', 'group', 'alias', 'delete'])
  return {
    type,
    messageId: createRng.chance(0.03) ? createRng.pick(['', ' ', undefined]) : messageId,
    userId: createRng.chance(0.7) ? createRng.pick(['u1', 'u2', 'u3', 'u4']) : createRng.pick<unknown>(USER_IDS),
    anonymousId: createRng.chance(0.7)
      ? createRng.pick(['a1', 'a2', 'a3', undefined])
      : createRng.pick<unknown>(ANONYMOUS_IDS),
    timestamp: timestamp(createRng),
    ...(createRng.chance(0.1) && { originalTimestamp: timestamp(createRng) }),
    context: context(createRng),
    ...OWN_FIELDS[type]?.(createRng)
  }
}

const visit = (createRng: Rng): Fields => ({
  name: createRng.pick<unknown>(['Home', undefined, '', { en: 'Home' }]),
  category: createRng.pick<unknown>(['Docs', undefined, ['Docs']]),
  properties: createRng.pick<unknown>([...NO_FIELDS, page(createRng), { title: ['Home', 'Shop'] }])
})

/** What a call has besides the fields of all calls, by its type. */
const OWN_FIELDS: Record<string, (createRng: Rng) => Fields> = {
  page: visit,
  screen: visit,
  identify: (createRng) => ({
    traits: createRng.pick<unknown>([
      ...NO_FIELDS,
      { plan: 'a' },
      { plan: null },
      { group: { id: 'g1' } },
      { 0: 'a', 1: 'b' }
    ]),
    ...(createRng.chance(0.2) && {
      context: { personas: createRng.pick([{ computation_key: 'k' }, { event_emitter_id: 'e' }]) }
    })
  }),
  track: (createRng) => ({
    event: createRng.chance(0.7) ? createRng.pick(EVENTS.slice(0, 4)) : createRng.pick(EVENTS),
    properties: createRng.chance(0.9)
      ? { revenue: createRng.pick<unknown>(AMOUNTS), currency: createRng.pick<unknown>(CURRENCIES) }
      : createRng.pick<unknown>(NO_FIELDS)
  }),
  group: (createRng) => ({
    groupId: createRng.pick(['g1', 'g2', 7, undefined]),
    traits: createRng.pick<unknown>([...NO_FIELDS, null, { name: 'Acme' }, { size: 3 }])
  }),
  alias: (createRng) => ({ previousId: createRng.pick<unknown>([...USER_IDS, 'a1', 'a2', 'u2', 'u9']) })
}

function timestamp(createRng: Rng): string | undefined {
  const day = `2026-${createRng.pick(['01', '02', '03'])}-${createRng.pick(['01', '15', '28'])}`
  const time = ['T10:00:00Z', 'T10:00:00.123456Z', 'T10:00:00.123457891Z', ' 10:00:00 UTC', ' 10:00:00 +0200', '']
  return createRng.pick([...time.map((text) => day + text), `${day}T00:30:00+01:00`, 'foo 1', undefined])
}

const context = (createRng: Rng): Fields =>
  createRng.pick<Fields>([
    {},
    { campaign: campaign(createRng) },
    { page: createRng.pick<unknown>(['/checkout', [], { title: { en: 'Home' } }, page(createRng)]) },
    {
      campaign: campaign(createRng),
      page: page(createRng),
      ip: createRng.pick<unknown>(['192.0.2.1', ['192.0.2.1', '192.0.2.2']])
    },
    { traits: { plan: createRng.pick(['a', 'b']) } }
  ])

const page = (createRng: Rng): Fields => ({
  url: createRng.pick<unknown>(URLS),
  referrer: createRng.pick<unknown>(REFERRERS),
  search: createRng.pick(['?utm_source=search', '', undefined])
})

const campaign = (createRng: Rng): unknown =>
  createRng.pick<unknown>([
    'utm_type=classic',
    [],
    { source: createRng.pick<unknown>(SOURCES), medium: createRng.pick<unknown>(['cpc', 'CPC', ['cpc'], undefined]) },
    { source: createRng.pick<unknown>(SOURCES), name: createRng.pick(['spring', 'Spring', '']) },
    { utm_source: createRng.pick<unknown>(SOURCES), utm_campaign: 'spring' },
    { id: 'abc', term: 'notes' },
    { 0: 'a', 1: 'b' }
  ])
