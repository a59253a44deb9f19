import type { Fields } from '@tractionboard/testing/call-builder'
import { createRng, type Rng } from '@tractionboard/testing/random'
import { DAY, MINUTE, SECOND, iso, moment, type Moment } from '@tractionboard/testing/time'
import { BAD_CALLS } from './bad'
import type { Cast } from './cast'

/** A small world: who there is, and what they tell Segment. */
export interface World {
  calls: Fields[]
  /** What was spent on getting customers, in hundredths. */
  spend: Record<string, number>
}

/** The members of a call that its kind decides. */
type Kind = (cast: Cast) => Fields

const START = moment('2026-01-01T00:00:00.000Z')

/** A world of one seed, the same on every run. */
export function world(seed: number, count: number): World {
  const rng = createRng(seed)
  const names = (prefix: string, most: number) =>
    Array.from({ length: rng.between(1, most) }, (_, index) => `${prefix}-${index}`)
  const users = names('user', 6)
  // Now and then an id is one of a user and of a visitor at once.
  const devices = [...names('device', 5), ...(rng.chance(0.3) ? [rng.pick(users)] : [])]
  const calls: Fields[] = []
  while (calls.length < count) calls.push(next({ rng, users, devices }, calls, seed))
  return {
    calls,
    spend: { USD: rng.between(0, 1_000_000), ...(rng.chance(0.5) && { EUR: rng.between(1, 99_999) }) }
  }
}

/** The next call: a new one, or an earlier one again. */
function next(cast: Cast, before: Fields[], seed: number): Fields {
  const { rng } = cast
  const earlier = before.length > 0 ? rng.pick(before) : undefined
  if (earlier && rng.chance(0.06)) return repeated(earlier, rng)
  if (earlier && rng.chance(0.03)) return contradicted(earlier)
  const call = stamped(rng.weighted(KINDS).make(cast), before.length, rng, seed)
  if (rng.chance(0.1)) return { ...call, ...rng.pick(BAD_CALLS)(cast) }
  // A customer may map one id to two actions: both count.
  return earlier && rng.chance(0.03) ? { ...call, messageId: earlier.messageId } : call
}

/** The same call, delivered a second time. */
const repeated = (call: Fields, rng: Rng): Fields => ({
  ...call,
  receivedAt: iso(START + rng.between(200, 300) * DAY)
})

/** A call with the id of another, and other content. */
const contradicted = (call: Fields): Fields => ({
  ...call,
  ...(call.properties !== undefined && { properties: { ...(call.properties as Fields), revenue: 777.77 } }),
  ...(call.traits !== undefined && { traits: { ...(call.traits as Fields), contradicted: true } })
})

/** The members that Segment gives every call. */
function stamped(told: Fields, number: number, rng: Rng, seed: number): Fields {
  // A minute for each call: what two users claim at the same moment is nobody's rule.
  const at = START + rng.between(0, 180) * DAY + number * MINUTE + rng.between(0, 59) * SECOND
  return {
    messageId: `${seed}-${number}`,
    timestamp: rng.chance(0.1) ? eastern(at) : iso(at),
    receivedAt: iso(at + SECOND),
    ...told
  }
}

/** The same moment as a clock two hours east of Greenwich shows it. */
const eastern = (at: Moment) => iso(at + 120 * MINUTE).replace('Z', '+02:00')

/** A known user, on one of the devices or on none. */
const known = ({ rng, users, devices }: Cast): Fields => ({
  userId: rng.pick(users),
  ...(rng.chance(0.6) && { anonymousId: rng.pick(devices) })
})

/** A visitor who is not known yet. */
const unknown = ({ rng, devices }: Cast): Fields => ({
  anonymousId: rng.pick(devices),
  ...(rng.chance(0.5) && { userId: null })
})

const anybody = (cast: Cast): Fields => (cast.rng.chance(0.6) ? known(cast) : unknown(cast))

const CAMPAIGNS: Fields[] = [
  { source: 'newsletter', medium: 'email', name: 'spring' },
  { source: 'search', medium: 'cpc' },
  { name: 'spring', term: 'notes', content: 'footer', audience: 'makers' },
  { source: '', medium: ' ' },
  {}
]

const REFERRERS = ['https://search.example/?q=notes', 'https://acme.example/blog', 'https://forum.example:8443/t/1', '']

const campaign = ({ rng }: Cast): Fields => (rng.chance(0.25) ? { campaign: rng.pick(CAMPAIGNS) } : {})

function page(cast: Cast): Fields {
  const page = { url: 'https://acme.example/pricing', path: '/pricing', referrer: cast.rng.pick(REFERRERS) }
  const isTold = cast.rng.chance(0.7)
  return {
    type: 'page',
    name: 'Pricing',
    ...anybody(cast),
    properties: isTold ? page : { plan: 'solo' },
    context: { ...campaign(cast), ...(!isTold && { page }), ip: '192.0.2.7', userAgent: 'Browser', locale: 'en-US' }
  }
}

const VALUES = [true, false, null, 0, -1.5, '', 'solo', 'žluť', ['a', 'b'], [], { seats: 3, city: { name: 'Porto' } }]

const TRAITS = ['plan', 'email', 'address', 'constructor', 'tags', 'previous_id']

const traits = ({ rng }: Cast): Fields =>
  Object.fromEntries(Array.from({ length: rng.between(1, 3) }, () => [rng.pick(TRAITS), rng.pick(VALUES)]))

const track =
  (event: string, who: Kind, properties: (cast: Cast) => Fields): Kind =>
  (cast) => ({ type: 'track', event, ...who(cast), properties: properties(cast), context: campaign(cast) })

/** Odd cents, as a number or as text, under any of the names, in any currency. */
function money({ rng }: Cast): Fields {
  const cents = rng.chance(0.1) ? 0 : rng.between(1, rng.pick([99, 9_999, 12_345_678]))
  const name = rng.pick(['revenue', 'amount', 'total', 'value'])
  const amount = rng.pick([cents / 100, (cents / 100).toFixed(2), ` ${(cents / 100).toFixed(2)} `])
  const currency = rng.pick([{}, { currency: null }, { currency: 'usd' }, { currency: 'EUR' }, { currency: 'JPY' }])
  return { [name]: amount, ...currency, invoice: `in-${cents}` }
}

function refunded(cast: Cast): Fields {
  const told = money(cast)
  const negated = Object.entries(told).map(([name, value]) => [name, typeof value === 'number' ? -value : value])
  return cast.rng.chance(0.4) ? (Object.fromEntries(negated) as Fields) : told
}

const nothing = () => ({})

/** What happens in a world, and how often. */
const KINDS: { weight: number; make: Kind }[] = [
  { weight: 20, make: page },
  { weight: 5, make: (cast) => ({ type: 'screen', name: 'Home', ...anybody(cast), properties: {}, context: {} }) },
  { weight: 14, make: (cast) => ({ type: 'identify', ...known(cast), traits: traits(cast), context: campaign(cast) }) },
  { weight: 5, make: (cast) => ({ type: 'identify', ...unknown(cast), traits: traits(cast), context: {} }) },
  { weight: 6, make: engage },
  { weight: 12, make: track('Payment Made', anybody, money) },
  { weight: 7, make: track('Refund Received', anybody, refunded) },
  { weight: 5, make: track('cancel', known, nothing) },
  { weight: 8, make: track('signup', known, () => ({ plan: 'solo' })) },
  { weight: 10, make: track('Note Created', anybody, ({ rng }) => ({ words: rng.between(0, 900), of: { a: [1] } })) },
  {
    weight: 4,
    make: (cast) => ({
      type: 'group',
      groupId: `group-${cast.rng.between(1, 3)}`,
      ...anybody(cast),
      traits: traits(cast),
      context: {}
    })
  },
  { weight: 6, make: alias },
  { weight: 1, make: (cast) => ({ type: 'delete', ...known(cast) }) }
]

function engage({ rng, users }: Cast): Fields {
  const key = rng.pick(['big_spender', 'total_payments'])
  const context = { personas: { computation_class: 'audience', computation_key: key, namespace: 'users' } }
  return { type: 'identify', userId: rng.pick(users), traits: { [key]: rng.pick([true, false, 3]) }, context }
}

/** From a user, a visitor or somebody whom nothing else tells of, to a user: now and then in a circle. */
function alias({ rng, users, devices }: Cast): Fields {
  const userId = rng.pick(users)
  const others = [...users, ...devices, 'old-0', 'old-1'].filter((id) => id !== userId)
  return { type: 'alias', userId, previousId: rng.pick(others), context: {} }
}
