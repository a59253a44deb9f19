import { Destination } from '@segment/actions-core'
import type { JSONObject, SegmentEvent } from '@segment/actions-core'
import destination from '@tractionboard/destination'
import type { Case } from './cases'
import { serverWith } from './server-behaviors'
import type { ServerBehavior } from './server-behaviors'
import { wrapRequests } from '@tractionboard/local-segment'
import { withStubServer } from '../shared/stub'

/** The verdict that Segment gets for one call. */
export interface Verdict {
  status?: number
  code?: string
  message?: string
}

/** The verdicts of calls, and what went over the wire. */
export interface Outcomes {
  verdicts: Verdict[]
  /** The events as JSON, each once. */
  wire: string[]
}

/** Matches every call: which calls a mapping gets is not tested here. */
const SUBSCRIBE = 'type != "none"'

let serverBehavior: ServerBehavior = 'accepting'
let sent: string[] | undefined
let hasRequested = false

const stubbed = withStubServer(destination, (events) => {
  // The first request has all valid events. Later ones are its halves.
  sent ??= events.map((event) => JSON.stringify(event))
  return serverWith(serverBehavior)(events)
})

const tractionboard = new Destination(
  wrapRequests(stubbed, (request) => {
    hasRequested = true
    return request
  })
)

/** Makes the settings of one delivery, copied in case something changes them. */
const settingsOf = (slug: string, mapping: JSONObject) => ({
  tokenId: 'tb_quality_token',
  subscription: { partnerAction: slug, subscribe: SUBSCRIBE, mapping: structuredClone(mapping) } as JSONObject
})

/** Sends each call of a case on its own. */
export async function alone(slug: string, { mapping, calls, serverBehavior: behavior }: Case): Promise<Outcomes> {
  serverBehavior = behavior
  const outcomes: Outcomes = { verdicts: [], wire: [] }
  for (const call of calls) {
    sent = undefined
    outcomes.verdicts.push(await verdictOfSingle(structuredClone(call), settingsOf(slug, mapping)))
    outcomes.wire.push(...(sent ?? []))
  }
  return outcomes
}

const verdictOfSingle = (call: SegmentEvent, settings: ReturnType<typeof settingsOf>): Promise<Verdict> =>
  tractionboard.onEvent(call, settings).then(() => ({ status: 200 }), verdictOfError)

/** The error of a batch as a whole, and whether the destination made a request before. */
export interface BatchError {
  verdict: Verdict
  hasRequested: boolean
}

/**
 * Sends the calls of a case in one batch.
 *
 * @returns their verdicts, and the error if the batch failed as a whole, which is then the verdict of each call.
 */
export async function inBatch(
  slug: string,
  { mapping, calls, serverBehavior: behavior }: Case
): Promise<Outcomes & { error?: BatchError }> {
  serverBehavior = behavior
  sent = undefined
  hasRequested = false
  try {
    const [{ multistatus = [] }] = await tractionboard.onBatch(structuredClone(calls), settingsOf(slug, mapping))
    return { verdicts: Array.from(multistatus as MultiStatusEntry[], verdictOfEntry), wire: sent ?? [] }
  } catch (thrown) {
    const verdict = verdictOfError(thrown)
    return { verdicts: calls.map(() => verdict), wire: sent ?? [], error: { verdict, hasRequested } }
  }
}

type MultiStatusEntry = { status: number; errortype?: string; errormessage?: string } | undefined

const verdictOfEntry = (entry: MultiStatusEntry): Verdict =>
  entry?.errormessage === undefined
    ? { status: entry?.status }
    : { status: entry.status, code: entry.errortype, message: entry.errormessage }

/** actions-core's error of an invalid call: it has no code, unlike the same error in a batch. */
const SCHEMA_ERROR = 'AggregateAjvError'

function verdictOfError(error: unknown): Verdict {
  const { name, status, code, message } = error as Verdict & { name: string }
  return { status, code: name === SCHEMA_ERROR ? 'PAYLOAD_VALIDATION_FAILED' : code, message: withoutStack(message) }
}

/** actions-core writes a stack into the message of an error if the mapping is invalid. */
const withoutStack = (message?: string) => message?.replace(/\n\s+at .*/g, '')
