import { rawCall, type Call, type Fields } from '@tractionboard/testing/call-builder'
import { END } from './company'
import { userIdAt } from './journey-calls'
import type { Journey } from './journeys'
import type { Rng } from '@tractionboard/testing/random'
import { rngFor } from './streams'
import { DAY, HOUR, SECOND, toMillis, type Millis } from '@tractionboard/testing/time'

/** When the audience was created. Its first sync identifies every member. */
const AUDIENCE_CREATED = toMillis('2026-03-02T06:00:00.000Z')

const TRAIT_CREATED = toMillis('2026-02-20T09:00:00.000Z')

const SPACE = 'spa_7Kq2nXb41'

const COMPUTATIONS = {
  order_completed_last_30days: { computation_class: 'audience', computation_id: 'aud_2f8LmQy03' },
  total_payments: { computation_class: 'computed_trait', computation_id: 'tra_9sD4vTe77' }
}

/** A value that Engage computes for a user, and when it begins to hold. */
interface Change {
  at: Millis
  value: boolean | number
}

/** The calls that Engage makes about one user: the first sync, then each change. */
export function engageCalls(journey: Journey): Call[] {
  const rng = rngFor('engage', journey.number)
  const paidAt = journey.payments.filter(({ cents }) => cents > 0).map(({ at, delay }) => at + delay)
  return [
    ...identify('order_completed_last_30days', membershipChanges(paidAt), journey, rng),
    ...identify('total_payments', countChanges(paidAt), journey, rng)
  ].filter((call) => Date.parse(call.receivedAt) < END)
}

/** A user is in the audience for 30 days from each payment on. */
function membershipChanges(paidAt: Millis[]): Change[] {
  const changes = paidAt.flatMap((at, index) => {
    const leaves = at + 30 * DAY
    const before = paidAt[index - 1] ?? -Infinity
    const next = paidAt[index + 1] ?? Infinity
    return [
      ...(before + 30 * DAY < at ? [{ at, value: true }] : []),
      ...(next > leaves ? [{ at: leaves, value: false }] : [])
    ]
  })
  const first = changesSince(AUDIENCE_CREATED, changes)
  // The first sync names members only.
  return first[0]?.at === AUDIENCE_CREATED && !first[0].value ? first.slice(1) : first
}

const countChanges = (paidAt: Millis[]): Change[] =>
  changesSince(
    TRAIT_CREATED,
    paidAt.map((at, index) => ({ at, value: index + 1 }))
  )

/** The changes from a time on, beginning with the value that holds at that time. */
function changesSince(made: Millis, changes: Change[]): Change[] {
  const before = changes.filter(({ at }) => at <= made)
  const initial = before.slice(-1).map(({ value }) => ({ at: made, value }))
  return [...initial, ...changes.filter(({ at }) => at > made)]
}

function identify(key: keyof typeof COMPUTATIONS, changes: Change[], journey: Journey, rng: Rng): Call[] {
  const context: Fields = {
    personas: { ...COMPUTATIONS[key], computation_key: key, namespace: 'users', space_id: SPACE }
  }
  return changes.map(({ at, value }) => {
    // A sync takes a while: two to three hours later, one user after the other.
    const synced = at + rng.between(120, 180) * 60 * SECOND + rng.between(0, HOUR / 60)
    const input = { type: 'identify', userId: userIdAt(journey, synced), traits: { [key]: value }, context }
    return rawCall('engage', input, { at: synced }, rng)
  })
}
