import { Destination } from '@segment/actions-core'
import type { SegmentEvent } from '@segment/actions-core'
import fc from 'fast-check'
import destination from '@tractionboard/destination'
import { CALLS } from '@tractionboard/testing/destination'
import { subscriptionOf } from '@tractionboard/testing/destination'
import type { Event } from '../../../destination/src/wire-types'
import { answerer } from './answers'
import type { Answerer } from './answers'
import type { Exchange } from './oracle'
import { ACTION_SLUGS, callOfPreset, presetOfAction } from '../shared/presets'
import { withStubServer } from '../shared/stub'

/** Calls, some of which cannot be sent, and how the server answers the requests, one after the other. */
export interface Case {
  preset: string
  /** Whether each call can be sent; and if not, whether core or the destination sees it. */
  calls: Kind[]
  /** Whether all have the same messageId. */
  isOneId: boolean
  answers: Answerer[]
}

type Kind = 'good' | 'badDate' | 'noDate'

const PRESETS = ACTION_SLUGS.map(presetOfAction)

const kind = fc.oneof(
  { weight: 12, arbitrary: fc.constant<Kind>('good') },
  { weight: 1, arbitrary: fc.constantFrom<Kind>('badDate', 'noDate') }
)

const calls = fc.oneof(
  { weight: 400, arbitrary: fc.array(kind, { minLength: 1, maxLength: 8, size: 'max' }) },
  { weight: 100, arbitrary: fc.array(kind, { minLength: 9, maxLength: 60, size: 'max' }) },
  { weight: 1, arbitrary: fc.integer({ min: 500, max: 1000 }).map((length) => Array<Kind>(length).fill('good')) }
)

/** Arbitrary calls and answers. The answers begin anew when there are more requests than answers. */
export const cases: fc.Arbitrary<Case> = fc.record({
  preset: fc.constantFrom(...PRESETS),
  calls,
  isOneId: fc.oneof({ weight: 9, arbitrary: fc.constant(false) }, { weight: 1, arbitrary: fc.constant(true) }),
  answers: fc.array(answerer, { minLength: 1, maxLength: 6 })
})

const TIMESTAMPS: Record<Kind, unknown> = { good: '2026-03-02T09:14:07Z', badDate: 'never', noDate: undefined }

/** The Segment calls of a case. */
const callsOf = ({ preset, calls, isOneId }: Case): SegmentEvent[] =>
  calls.map((kind, index) => ({
    ...CALLS[callOfPreset(preset)],
    messageId: isOneId ? 'same' : `m-${index}`,
    timestamp: TIMESTAMPS[kind] as string
  }))

/** What Segment is told of each call, and what went over the wire. */
export interface Account {
  statuses: (number | undefined)[]
  exchanges: Exchange[]
}

/** Sends the calls of a case in one batch, or alone if that is asked for. */
export async function accountOf(of: Case, isAlone: boolean): Promise<Account> {
  const exchanges: Exchange[] = []
  const places = new Map<Event, number>()
  const tractionboard = new Destination(
    withStubServer(destination, (events) => {
      for (const event of events) if (!places.has(event)) places.set(event, places.size)
      const ids = events.map(({ id }) => id)
      const answer = of.answers[exchanges.length % of.answers.length](ids)
      exchanges.push({ places: events.map((event) => places.get(event) as number), ids, answer })
      if (answer === 'nothing') throw Object.assign(new Error('reset'), { code: 'ECONNRESET' })
      return answer
    })
  )
  const settings = { tokenId: 'tb_quality_token', subscription: subscriptionOf(destination, of.preset) }
  if (isAlone) return { statuses: [await statusAlone(tractionboard.onEvent(callsOf(of)[0], settings))], exchanges }
  const [{ multistatus = [] }] = await tractionboard.onBatch(callsOf(of), settings)
  return { statuses: Array.from(multistatus, (node) => node?.status), exchanges }
}

const statusAlone = (told: Promise<unknown>): Promise<number | undefined> =>
  told.then(() => 200).catch((error: { status?: number }) => error.status)
