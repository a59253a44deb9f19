import type { Fields } from './call-builder'
import type { Dice } from './random'

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
export function hostileCalls(count: number, dice: Dice): Fields[] {
  const calls = Array.from({ length: count }, (_, index) => hostileCall(`m${index}`, dice))
  return calls.flatMap((call) =>
    dice.chance(0.15) ? [call, { ...call, timestamp: timestamp(dice), context: context(dice) }] : [call]
  )
}

function hostileCall(messageId: string, dice: Dice): Fields {
  const type = dice.pick(['page', 'screen', 'identify', 'track', 'track', 'track', 'group', 'alias', 'delete'])
  return {
    type,
    messageId: dice.chance(0.03) ? dice.pick(['', ' ', undefined]) : messageId,
    userId: dice.chance(0.7) ? dice.pick(['u1', 'u2', 'u3', 'u4']) : dice.pick<unknown>(USER_IDS),
    anonymousId: dice.chance(0.7) ? dice.pick(['a1', 'a2', 'a3', undefined]) : dice.pick<unknown>(ANONYMOUS_IDS),
    timestamp: timestamp(dice),
    ...(dice.chance(0.1) && { originalTimestamp: timestamp(dice) }),
    context: context(dice),
    ...OWN_FIELDS[type]?.(dice)
  }
}

const visit = (dice: Dice): Fields => ({
  name: dice.pick<unknown>(['Home', undefined, '', { en: 'Home' }]),
  category: dice.pick<unknown>(['Docs', undefined, ['Docs']]),
  properties: dice.pick<unknown>([...NO_FIELDS, page(dice), { title: ['Home', 'Shop'] }])
})

/** What a call has besides the fields of all calls, by its type. */
const OWN_FIELDS: Record<string, (dice: Dice) => Fields> = {
  page: visit,
  screen: visit,
  identify: (dice) => ({
    traits: dice.pick<unknown>([
      ...NO_FIELDS,
      { plan: 'a' },
      { plan: null },
      { group: { id: 'g1' } },
      { 0: 'a', 1: 'b' }
    ]),
    ...(dice.chance(0.2) && { context: { personas: dice.pick([{ computation_key: 'k' }, { event_emitter_id: 'e' }]) } })
  }),
  track: (dice) => ({
    event: dice.chance(0.7) ? dice.pick(EVENTS.slice(0, 4)) : dice.pick(EVENTS),
    properties: dice.chance(0.9)
      ? { revenue: dice.pick<unknown>(AMOUNTS), currency: dice.pick<unknown>(CURRENCIES) }
      : dice.pick<unknown>(NO_FIELDS)
  }),
  group: (dice) => ({
    groupId: dice.pick(['g1', 'g2', 7, undefined]),
    traits: dice.pick<unknown>([...NO_FIELDS, null, { name: 'Acme' }, { size: 3 }])
  }),
  alias: (dice) => ({ previousId: dice.pick<unknown>([...USER_IDS, 'a1', 'a2', 'u2', 'u9']) })
}

function timestamp(dice: Dice): string | undefined {
  const day = `2026-${dice.pick(['01', '02', '03'])}-${dice.pick(['01', '15', '28'])}`
  const time = ['T10:00:00Z', 'T10:00:00.123456Z', 'T10:00:00.123457891Z', ' 10:00:00 UTC', ' 10:00:00 +0200', '']
  return dice.pick([...time.map((text) => day + text), `${day}T00:30:00+01:00`, 'foo 1', undefined])
}

const context = (dice: Dice): Fields =>
  dice.pick<Fields>([
    {},
    { campaign: campaign(dice) },
    { page: dice.pick<unknown>(['/checkout', [], { title: { en: 'Home' } }, page(dice)]) },
    { campaign: campaign(dice), page: page(dice), ip: dice.pick<unknown>(['192.0.2.1', ['192.0.2.1', '192.0.2.2']]) },
    { traits: { plan: dice.pick(['a', 'b']) } }
  ])

const page = (dice: Dice): Fields => ({
  url: dice.pick<unknown>(URLS),
  referrer: dice.pick<unknown>(REFERRERS),
  search: dice.pick(['?utm_source=search', '', undefined])
})

const campaign = (dice: Dice): unknown =>
  dice.pick<unknown>([
    'utm_type=classic',
    [],
    { source: dice.pick<unknown>(SOURCES), medium: dice.pick<unknown>(['cpc', 'CPC', ['cpc'], undefined]) },
    { source: dice.pick<unknown>(SOURCES), name: dice.pick(['spring', 'Spring', '']) },
    { utm_source: dice.pick<unknown>(SOURCES), utm_campaign: 'spring' },
    { id: 'abc', term: 'notes' },
    { 0: 'a', 1: 'b' }
  ])
