import { rawCall, type Call, type Fields } from '@tractionboard/testing/call-builder'
import { END } from './company'
import { userIdAt } from './journey-calls'
import type { Plot } from './journeys'
import type { Rng } from '@tractionboard/testing/random'
import { rngFor } from './streams'
import { DAY, HOUR, SECOND, moment, type Moment } from '@tractionboard/testing/time'

/** When the audience was made: on that day it identifies everybody who is in it. */
const AUDIENCE_MADE = moment('2026-03-02T06:00:00.000Z')

/** When the computed trait was made. */
const TRAIT_MADE = moment('2026-02-20T09:00:00.000Z')

const SPACE = 'spa_7Kq2nXb41'

const COMPUTATIONS = {
  order_completed_last_30days: { computation_class: 'audience', computation_id: 'aud_2f8LmQy03' },
  total_payments: { computation_class: 'computed_trait', computation_id: 'tra_9sD4vTe77' }
}

/** A value that Engage computed for a user, from a moment on. */
interface Change {
  at: Moment
  value: boolean | number
}

/** What Engage tells of one user: first how things stand, then only what changes. */
export function engage(plot: Plot): Call[] {
  const rng = rngFor('engage', plot.number)
  const paidAt = plot.payments.filter(({ cents }) => cents > 0).map(({ at, delay }) => at + delay)
  return [
    ...identify('order_completed_last_30days', membership(paidAt), plot, rng),
    ...identify('total_payments', counting(paidAt), plot, rng)
  ].filter((call) => Date.parse(call.receivedAt) < END)
}

/** In the audience for 30 days from each payment on. */
function membership(paidAt: Moment[]): Change[] {
  const changes = paidAt.flatMap((at, index) => {
    const leaves = at + 30 * DAY
    const before = paidAt[index - 1] ?? -Infinity
    const next = paidAt[index + 1] ?? Infinity
    return [
      ...(before + 30 * DAY < at ? [{ at, value: true }] : []),
      ...(next > leaves ? [{ at: leaves, value: false }] : [])
    ]
  })
  const first = since(AUDIENCE_MADE, changes)
  // Whoever is not in the audience on the first day is not mentioned.
  return first[0]?.at === AUDIENCE_MADE && !first[0].value ? first.slice(1) : first
}

const counting = (paidAt: Moment[]): Change[] =>
  since(
    TRAIT_MADE,
    paidAt.map((at, index) => ({ at, value: index + 1 }))
  )

/** The changes from a day on, the first of which is how things stood on it. */
function since(made: Moment, changes: Change[]): Change[] {
  const before = changes.filter(({ at }) => at <= made)
  const stood = before.slice(-1).map(({ value }) => ({ at: made, value }))
  return [...stood, ...changes.filter(({ at }) => at > made)]
}

function identify(key: keyof typeof COMPUTATIONS, changes: Change[], plot: Plot, rng: Rng): Call[] {
  const context: Fields = {
    personas: { ...COMPUTATIONS[key], computation_key: key, namespace: 'users', space_id: SPACE }
  }
  return changes.map(({ at, value }) => {
    // A sync takes a while: two to three hours later, one user after the other.
    const synced = at + rng.between(120, 180) * 60 * SECOND + rng.between(0, HOUR / 60)
    const told = { type: 'identify', userId: userIdAt(plot, synced), traits: { [key]: value }, context }
    return rawCall('engage', told, { at: synced }, rng)
  })
}
