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
  'https://www.google.com./',
  'https://acme.com./',
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
const GROUPS = [{ id: null }, { id: ' ', traits: { size: 3 } }, { id: 'None' }, { id: 'g1', traits: 'vip' }, 'g1', {}]
const NO_FIELDS = [undefined, {}, [], 'text']

/**
 * Calls of a few people in a few months, with the mistakes that real systems make in every part of a call. Some calls
 * come again with another time or context.
 */
export function hostileCalls(count: number, rng: Rng): Fields[] {
  const calls = Array.from({ length: count }, (_, index) => hostileCall(`m${index}`, rng))
  return calls.flatMap((call) =>
    rng.chance(0.15) ? [call, { ...call, timestamp: timestamp(rng), context: context(rng) }] : [call]
  )
}

function hostileCall(messageId: string, rng: Rng): Fields {
  const type = rng.pick(['page', 'screen', 'identify', 'track', 'track', 'track', 'group', 'alias', 'delete'])
  return {
    type,
    messageId: rng.chance(0.03) ? rng.pick(['', ' ', undefined]) : messageId,
    userId: rng.chance(0.7) ? rng.pick(['u1', 'u2', 'u3', 'u4']) : rng.pick<unknown>(USER_IDS),
    anonymousId: rng.chance(0.7) ? rng.pick(['a1', 'a2', 'a3', undefined]) : rng.pick<unknown>(ANONYMOUS_IDS),
    timestamp: timestamp(rng),
    ...(rng.chance(0.1) && { originalTimestamp: timestamp(rng) }),
    context: context(rng),
    ...OWN_FIELDS[type]?.(rng)
  }
}

const visit = (rng: Rng): Fields => ({
  name: rng.pick<unknown>(['Home', undefined, '', { en: 'Home' }]),
  category: rng.pick<unknown>(['Docs', undefined, ['Docs']]),
  properties: rng.pick<unknown>([...NO_FIELDS, page(rng), { title: ['Home', 'Shop'] }])
})

/** What a call has besides the fields of all calls, by its type. */
const OWN_FIELDS: Record<string, (rng: Rng) => Fields> = {
  page: visit,
  screen: visit,
  identify: (rng) => ({
    traits: rng.pick<unknown>([
      ...NO_FIELDS,
      { plan: 'a' },
      { plan: null },
      { group: { id: 'g1' } },
      { plan: 'b', group: rng.pick<unknown>(GROUPS) },
      { 0: 'a', 1: 'b' }
    ]),
    ...(rng.chance(0.2) && {
      context: { personas: rng.pick([{ computation_key: 'k' }, { event_emitter_id: 'e' }]) }
    })
  }),
  track: (rng) => ({
    event: rng.chance(0.7) ? rng.pick(EVENTS.slice(0, 4)) : rng.pick(EVENTS),
    properties: rng.chance(0.9)
      ? { revenue: rng.pick<unknown>(AMOUNTS), currency: rng.pick<unknown>(CURRENCIES) }
      : rng.pick<unknown>(NO_FIELDS)
  }),
  group: (rng) => ({
    groupId: rng.pick<unknown>(['g1', 'g2', ' g1', 7, undefined, null, '', ' ', 'null', ['g1']]),
    traits: rng.pick<unknown>([...NO_FIELDS, null, { name: 'Acme' }, { size: 3 }])
  }),
  alias: (rng) => ({ previousId: rng.pick<unknown>([...USER_IDS, 'a1', 'a2', 'u2', 'u9']) })
}

function timestamp(rng: Rng): unknown {
  const day = `2026-${rng.pick(['01', '02', '03'])}-${rng.pick(['01', '15', '28'])}`
  const time = ['T10:00:00Z', 'T10:00:00.123456Z', 'T10:00:00.123457891Z', ' 10:00:00 UTC', ' 10:00:00 +0200', '']
  return rng.pick<unknown>([
    ...time.map((text) => day + text),
    `${day}T00:30:00+01:00`,
    new Date(day).toUTCString(),
    Date.parse(day) / 1000,
    Date.parse(day) + 0.25,
    '0000-01-01T00:00:00+01:00',
    'foo 1',
    undefined
  ])
}

const context = (rng: Rng): Fields =>
  rng.pick<Fields>([
    {},
    { campaign: campaign(rng) },
    { page: rng.pick<unknown>(['/checkout', [], { title: { en: 'Home' } }, page(rng)]) },
    {
      campaign: campaign(rng),
      page: page(rng),
      ip: rng.pick<unknown>(['192.0.2.1', ['192.0.2.1', '192.0.2.2']])
    },
    { traits: { plan: rng.pick(['a', 'b']) } }
  ])

const page = (rng: Rng): Fields => ({
  url: rng.pick<unknown>(URLS),
  referrer: rng.pick<unknown>(REFERRERS),
  search: rng.pick(['?utm_source=search', '', undefined])
})

const campaign = (rng: Rng): unknown =>
  rng.pick<unknown>([
    'utm_type=classic',
    [],
    { source: rng.pick<unknown>(SOURCES), medium: rng.pick<unknown>(['cpc', 'CPC', ['cpc'], undefined]) },
    { source: rng.pick<unknown>(SOURCES), name: rng.pick(['spring', 'Spring', '']) },
    { utm_source: rng.pick<unknown>(SOURCES), utm_campaign: 'spring' },
    { id: 'abc', term: 'notes' },
    { 0: 'a', 1: 'b' }
  ])
