import { mapValues } from 'lodash'
import type { Fields } from '@tractionboard/testing/call-builder'
import { hostileCalls } from '@tractionboard/testing/hostile-calls'
import { createRng, type Rng } from '@tractionboard/testing/random'
import type { Spend } from '@tractionboard/testing/reference'
import { DAY, MINUTE, SECOND, toIso, toMillis, type Millis } from '@tractionboard/testing/time'
import { BAD_CALLS } from './bad-calls'
import { anonymousVisitor, anyVisitor, drawContext, knownUser, type WorldContext } from './visitors'

/** The calls of a small company, and what it spends. */
export interface World {
  calls: Fields[]
  spend: Spend[]
  /** Whether a call can have several mistakes. Its error may then name any of them. */
  isHostile: boolean
}

/** Makes the members of a call that its kind decides. */
type Kind = (context: WorldContext) => Fields

const START = toMillis('2026-01-01T00:00:00.000Z')

/** Of so many worlds, one has mistakes in any part of any call. In the others, most calls are valid. */
const WORLDS_PER_HOSTILE_WORLD = 3

/** Makes the world of a seed: the same on every run. */
export function world(seed: number, count: number): World {
  const rng = createRng(seed)
  const isHostile = seed % WORLDS_PER_HOSTILE_WORLD === 0
  // As JSON has them: a member that is undefined is missing.
  const calls = (isHostile ? hostileCalls(count, rng) : ordinaryCalls(count, rng)).map(
    (call) => JSON.parse(JSON.stringify(call)) as Fields
  )
  return { calls, spend: drawSpend(rng), isHostile }
}

function ordinaryCalls(count: number, rng: Rng): Fields[] {
  const context = drawContext(rng)
  const calls: Fields[] = []
  while (calls.length < count) calls.push(nextCall(context, calls))
  return calls
}

const drawSpend = (rng: Rng): Spend[] => [
  { currency: 'USD', amount: rng.between(0, 1_000_000) / 100 },
  ...(rng.chance(0.5) ? [{ currency: 'EUR', amount: rng.between(1, 99_999) / 100, source: 'Newsletter' }] : []),
  ...(rng.chance(0.5) ? [{ currency: 'JPY', amount: rng.between(1, 9_999), source: 'radio', month: '2026-02' }] : [])
]

/** A new call, or an earlier one again. */
function nextCall(context: WorldContext, before: Fields[]): Fields {
  const { rng } = context
  const earlier = before.length > 0 ? rng.pick(before) : undefined
  if (earlier && rng.chance(0.06)) return repeated(earlier, rng)
  if (earlier && rng.chance(0.05)) return resent(earlier, before.length, rng)
  if (earlier && rng.chance(0.03)) return conflicting(earlier)
  if (earlier?.traits !== undefined && rng.chance(0.2)) return withOtherTraits(earlier, rng)
  const call = withCommonMembers(rng.weighted(KINDS).make(context), timeOf(before.length, rng), rng)
  if (rng.chance(0.1)) return { ...call, ...rng.pick(BAD_CALLS)(context) }
  // A customer may map one call to two actions: both count.
  return earlier && rng.chance(0.03) ? { ...call, messageId: earlier.messageId } : call
}

/** The same call, received a second time. */
const repeated = (call: Fields, rng: Rng): Fields => ({
  ...call,
  receivedAt: toIso(START + rng.between(200, 300) * DAY)
})

/** The same call with another clock and context, as after a network error. */
const resent = (call: Fields, number: number, rng: Rng): Fields => ({
  ...call,
  timestamp: toIso(timeOf(number, rng)),
  context: { ...(call.context as Fields), ip: '198.51.100.9', userAgent: 'App', locale: 'pt-PT' }
})

/** A call with the id of another one and different content. */
const conflicting = (call: Fields): Fields => ({
  ...call,
  ...(call.properties !== undefined && { properties: { ...(call.properties as Fields), revenue: 777.77 } }),
  ...(call.traits !== undefined && { traits: { ...(call.traits as Fields), conflicting: true } })
})

/** Another call with the same traits and other values, in the same millisecond: the microseconds decide. */
const withOtherTraits = (call: Fields, rng: Rng): Fields => ({
  ...call,
  messageId: rng.uuid(),
  timestamp: String(call.timestamp).replace(/(\.\d{3})\d*/, `$1${rng.between(100, 999)}`),
  traits: mapValues(call.traits as Fields, () => rng.pick(VALUES))
})

/** Adds the members that Segment gives every call. */
function withCommonMembers(members: Fields, at: Millis, rng: Rng): Fields {
  return {
    messageId: rng.uuid(),
    timestamp: rng.weighted(TIME_FORMATS).format(at, rng),
    receivedAt: toIso(at + SECOND),
    ...members
  }
}

/** A random time, in a minute that no other call drawn by its kind has. */
const timeOf = (number: number, rng: Rng): Millis =>
  START + rng.between(0, 180) * DAY + number * MINUTE + rng.between(0, 59) * SECOND

/** How calls write their time, and how often. */
const TIME_FORMATS: { weight: number; format: (at: Millis, rng: Rng) => string }[] = [
  { weight: 8, format: toIso },
  { weight: 1, format: (at) => toIso(at + 120 * MINUTE).replace('Z', '+02:00') },
  { weight: 3, format: (at, rng) => toIso(at).replace('Z', `${rng.between(100, 999)}Z`) },
  { weight: 1, format: (at) => `${toIso(at).slice(0, 19).replace('T', ' ')} UTC` }
]

const CAMPAIGNS: Fields[] = [
  { source: 'newsletter', medium: 'email', name: 'spring' },
  { source: 'search', medium: 'cpc' },
  { name: 'spring', term: 'notes', content: 'footer', audience: 'makers' },
  { source: '', medium: ' ' },
  {}
]

const REFERRERS = ['https://search.example/?q=notes', 'https://acme.example/blog', 'https://forum.example:8443/t/1', '']

const campaign = ({ rng }: WorldContext): Fields => (rng.chance(0.25) ? { campaign: rng.pick(CAMPAIGNS) } : {})

function page(context: WorldContext): Fields {
  const page = { url: 'https://acme.example/pricing', path: '/pricing', referrer: context.rng.pick(REFERRERS) }
  const hasPage = context.rng.chance(0.7)
  return {
    type: 'page',
    name: 'Pricing',
    ...anyVisitor(context),
    properties: hasPage ? page : { plan: 'solo' },
    context: { ...campaign(context), ...(!hasPage && { page }), ip: '192.0.2.7', userAgent: 'Browser', locale: 'en-US' }
  }
}

const VALUES = [true, false, null, 0, -1.5, '', 'solo', 'žluť', ['a', 'b'], [], { seats: 3, city: { name: 'Porto' } }]

const TRAITS = ['plan', 'email', 'address', 'constructor', 'tags', 'previous_id']

const traits = ({ rng }: WorldContext): Fields =>
  Object.fromEntries(Array.from({ length: rng.between(1, 3) }, () => [rng.pick(TRAITS), rng.pick(VALUES)]))

const track =
  (event: string, ids: Kind, properties: (context: WorldContext) => Fields): Kind =>
  (context) => ({ type: 'track', event, ...ids(context), properties: properties(context), context: campaign(context) })

/** An amount as a number or a string, under any of the names, in any currency. */
function money({ rng }: WorldContext): Fields {
  const cents = rng.chance(0.1) ? 0 : rng.between(1, rng.pick([99, 9_999, 12_345_678]))
  const name = rng.pick(['revenue', 'amount', 'total', 'value'])
  const amount = rng.pick([cents / 100, (cents / 100).toFixed(2), ` ${(cents / 100).toFixed(2)} `])
  const currency = rng.pick([{}, { currency: null }, { currency: 'usd' }, { currency: 'EUR' }, { currency: 'JPY' }])
  return { [name]: amount, ...currency, invoice: `in-${cents}` }
}

function refunded(context: WorldContext): Fields {
  const properties = money(context)
  const negated = Object.entries(properties).map(([name, value]) => [name, typeof value === 'number' ? -value : value])
  return context.rng.chance(0.4) ? (Object.fromEntries(negated) as Fields) : properties
}

const noProperties = () => ({})

/** The kinds of calls, and how often each is drawn. */
const KINDS: { weight: number; make: Kind }[] = [
  { weight: 20, make: page },
  {
    weight: 5,
    make: (context) => ({ type: 'screen', name: 'Home', ...anyVisitor(context), properties: {}, context: {} })
  },
  {
    weight: 14,
    make: (context) => ({
      type: 'identify',
      ...knownUser(context),
      traits: traits(context),
      context: campaign(context)
    })
  },
  {
    weight: 5,
    make: (context) => ({ type: 'identify', ...anonymousVisitor(context), traits: traits(context), context: {} })
  },
  { weight: 6, make: engage },
  { weight: 12, make: track('Payment Made', anyVisitor, money) },
  { weight: 7, make: track('Refund Received', anyVisitor, refunded) },
  { weight: 5, make: track('cancel', knownUser, noProperties) },
  { weight: 8, make: track('signup', knownUser, () => ({ plan: 'solo' })) },
  {
    weight: 10,
    make: track('Note Created', anyVisitor, ({ rng }) => ({ words: rng.between(0, 900), of: { a: [1] } }))
  },
  {
    weight: 4,
    make: (context) => ({
      type: 'group',
      groupId: `group-${context.rng.between(1, 3)}`,
      ...anyVisitor(context),
      traits: traits(context),
      context: {}
    })
  },
  { weight: 6, make: alias },
  { weight: 1, make: (context) => ({ type: 'delete', ...knownUser(context) }) }
]

function engage({ rng, users }: WorldContext): Fields {
  const key = rng.pick(['big_spender', 'total_payments'])
  const context = { personas: { computation_class: 'audience', computation_key: key, namespace: 'users' } }
  return { type: 'identify', userId: rng.pick(users), traits: { [key]: rng.pick([true, false, 3]) }, context }
}

/** Aliases a user, a visitor or an id that no other call has to a user, sometimes in a circle. */
function alias({ rng, users, devices }: WorldContext): Fields {
  const userId = rng.pick(users)
  const others = [...users, ...devices, 'old-0', 'old-1'].filter((id) => id !== userId)
  return { type: 'alias', userId, previousId: rng.pick(others), context: {} }
}
