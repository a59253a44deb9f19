import { Destination } from '@segment/actions-core'
import type { JSONObject, SegmentEvent } from '@segment/actions-core'
import destination from '@tractionboard/destination'
import type { Case } from './cases'
import { serverIn } from './moods'
import type { Mood } from './moods'
import { wrapRequests } from '@tractionboard/local-segment'
import { withStubServer } from '../shared/stub'

/** What Segment is told of one call. */
export interface Told {
  status?: number
  code?: string
  message?: string
}

/** What became of some calls. */
export interface Fates {
  told: Told[]
  /** The events that went over the wire, as JSON, each once. */
  wire: string[]
}

/** Matches a call of every type: the platform hands a mapping only what it is for. */
const SUBSCRIBE = 'type != "none"'

let mood: Mood = 'accepting'
let sent: string[] | undefined
let isAsked = false

const answered = withStubServer(destination, (events) => {
  // The first request has all that can be sent; those after it are its halves.
  sent ??= events.map((event) => JSON.stringify(event))
  return serverIn(mood)(events)
})

const tractionboard = new Destination(
  wrapRequests(answered, (request) => {
    isAsked = true
    return request
  })
)

/** Makes the settings of one delivery. Nothing of them is used twice, in case something writes to it. */
const settingsOf = (slug: string, mapping: JSONObject) => ({
  tokenId: 'tb_quality_token',
  subscription: { partnerAction: slug, subscribe: SUBSCRIBE, mapping: structuredClone(mapping) } as JSONObject
})

/** Sends each call of a case alone. */
export async function alone(slug: string, { mapping, calls, mood: serverMood }: Case): Promise<Fates> {
  mood = serverMood
  const fates: Fates = { told: [], wire: [] }
  for (const call of calls) {
    sent = undefined
    fates.told.push(await toldAlone(structuredClone(call), settingsOf(slug, mapping)))
    fates.wire.push(...(sent ?? []))
  }
  return fates
}

const toldAlone = (call: SegmentEvent, settings: ReturnType<typeof settingsOf>): Promise<Told> =>
  tractionboard.onEvent(call, settings).then(() => ({ status: 200 }), toldOfError)

/** The failure of a batch as a whole, and whether the destination had been asked before. */
export interface BatchError {
  told: Told
  isAsked: boolean
}

/**
 * Sends the calls of a case in one batch.
 *
 * @returns their fates, and the error if the batch failed as a whole, which each call is then told.
 */
export async function inBatch(
  slug: string,
  { mapping, calls, mood: serverMood }: Case
): Promise<Fates & { error?: BatchError }> {
  mood = serverMood
  sent = undefined
  isAsked = false
  try {
    const [{ multistatus = [] }] = await tractionboard.onBatch(structuredClone(calls), settingsOf(slug, mapping))
    return { told: Array.from(multistatus as Node[], toldOfNode), wire: sent ?? [] }
  } catch (thrown) {
    const told = toldOfError(thrown)
    return { told: calls.map(() => told), wire: sent ?? [], error: { told, isAsked } }
  }
}

type Node = { status: number; errortype?: string; errormessage?: string } | undefined

const toldOfNode = (node: Node): Told =>
  node?.errormessage === undefined
    ? { status: node?.status }
    : { status: node.status, code: node.errortype, message: node.errormessage }

/** The error of core's schema has a status and no code, where a batch says what it is. */
const SCHEMA_ERROR = 'AggregateAjvError'

function toldOfError(error: unknown): Told {
  const { name, status, code, message } = error as Told & { name: string }
  return { status, code: name === SCHEMA_ERROR ? 'PAYLOAD_VALIDATION_FAILED' : code, message: withoutStack(message) }
}

/** Core writes the stack of an error into its message where the mapping itself is wrong. */
const withoutStack = (message?: string) => message?.replace(/\n\s+at .*/g, '')
