import { Destination } from '@segment/actions-core'
import type { SegmentEvent } from '@segment/actions-core'
import fc from 'fast-check'
import { pickBy } from 'lodash'
import destination from '@tractionboard/destination'
import { CALLS } from '@tractionboard/testing/destination'
import { subscriptionOf } from '@tractionboard/testing/destination'
import type { WireEvent } from '../../../destination/src/wire-types'
import { responder } from './responses'
import type { Responder } from './responses'
import type { Exchange } from './oracle'
import { ACTION_SLUGS, callOfPreset, presetOfAction } from '../shared/presets'
import { withStubServer } from '../shared/stub'

/** Calls, some of them invalid, and how the server responds to one request after the other. */
export interface Case {
  preset: string
  /** Whether each call is valid; if not, whether actions-core or the destination rejects it. */
  calls: Kind[]
  /** Whether all calls have the same messageId. */
  isOneId: boolean
  responses: Responder[]
}

/** What a call has otherwise than the test call of its preset, if that has such a member. */
const CHANGES = {
  good: {},
  // Whatever is wrong beside the event itself is left out, and the event counts.
  wrongTypes: { context: { campaign: 'utm_source=mail', page: ['/'], ip: {}, userAgent: null, locale: ['de'] } },
  untrimmedIds: { userId: ' user-1\n', anonymousId: '\tvisitor-1' },
  microseconds: { timestamp: '2026-03-02T09:14:07.120456Z' },
  badDate: { timestamp: 'never' },
  noDate: { timestamp: undefined },
  placeholderIds: { userId: 'null', anonymousId: '[object Object]' },
  blankIds: { userId: ' ', anonymousId: '' }
}

type Kind = keyof typeof CHANGES

const VALID_KINDS: Kind[] = ['good', 'wrongTypes', 'untrimmedIds', 'microseconds']
const INVALID_KINDS: Kind[] = ['badDate', 'noDate', 'placeholderIds', 'blankIds']

/** Whether a call of a kind reaches the server. */
export const isValid = (kind: Kind): boolean => VALID_KINDS.includes(kind)

const PRESETS = ACTION_SLUGS.map(presetOfAction)

const kind = fc.oneof(
  { weight: 12, arbitrary: fc.constantFrom(...VALID_KINDS) },
  { weight: 1, arbitrary: fc.constantFrom(...INVALID_KINDS) }
)

const calls = fc.oneof(
  { weight: 400, arbitrary: fc.array(kind, { minLength: 1, maxLength: 8, size: 'max' }) },
  { weight: 100, arbitrary: fc.array(kind, { minLength: 9, maxLength: 60, size: 'max' }) },
  { weight: 1, arbitrary: fc.integer({ min: 500, max: 1000 }).map((length) => Array<Kind>(length).fill('good')) }
)

/** Arbitrary calls and responses. The responses repeat when there are more requests. */
export const cases: fc.Arbitrary<Case> = fc.record({
  preset: fc.constantFrom(...PRESETS),
  calls,
  isOneId: fc.oneof({ weight: 9, arbitrary: fc.constant(false) }, { weight: 1, arbitrary: fc.constant(true) }),
  responses: fc.array(responder, { minLength: 1, maxLength: 6 })
})

const callsOf = ({ preset, calls, isOneId }: Case): SegmentEvent[] =>
  calls.map((kind, index) => {
    const call = CALLS[callOfPreset(preset)]
    const changes = pickBy<unknown>(CHANGES[kind], (_value, name) => call[name as keyof SegmentEvent] != null)
    return { ...call, ...changes, messageId: isOneId ? 'same' : `m-${index}` }
  })

/** The status that Segment gets for each call, and what went over the wire. */
export interface Account {
  statuses: (number | undefined)[]
  exchanges: Exchange[]
}

/** Sends the calls of a case in one batch, or only its first call if `isAlone`. */
export async function accountOf(of: Case, isAlone: boolean): Promise<Account> {
  const exchanges: Exchange[] = []
  const positions = new Map<WireEvent, number>()
  const tractionboard = new Destination(
    withStubServer(destination, (events) => {
      for (const event of events) if (!positions.has(event)) positions.set(event, positions.size)
      const ids = events.map(({ id }) => id)
      const response = of.responses[exchanges.length % of.responses.length](ids)
      exchanges.push({ positions: events.map((event) => positions.get(event) as number), ids, response })
      if (response === 'none') throw Object.assign(new Error('reset'), { code: 'ECONNRESET' })
      return response
    })
  )
  const settings = { tokenId: 'tb_quality_token', subscription: subscriptionOf(destination, of.preset) }
  if (isAlone) return { statuses: [await statusAlone(tractionboard.onEvent(callsOf(of)[0], settings))], exchanges }
  const [{ multistatus = [] }] = await tractionboard.onBatch(callsOf(of), settings)
  return { statuses: Array.from(multistatus, (node) => node?.status), exchanges }
}

const statusAlone = (delivery: Promise<unknown>): Promise<number | undefined> =>
  delivery.then(() => 200).catch((error: { status?: number }) => error.status)
