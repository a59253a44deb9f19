import type { DestinationDefinition, JSONObject, SegmentEvent } from '@segment/actions-core'
import { createDestination } from '../definition'
import { errorMessage } from '../errors'
import { isProcessingError, processingError } from '../processing-error'
import { isRetried } from '../retry'
import type { Mapping } from '../router'
import { withoutRequests } from './dry-run'
import { type Observation, observeRequests } from './observe'

/** What became of one call in one attempt, in the form of actions-core. */
export interface Result {
  status: number
  errormessage?: string
  body?: unknown
}

/** What became of the calls of one attempt, in their order. */
interface Attempt {
  results: Result[]
  /** How long the server asked to wait before the next attempt, in milliseconds. */
  retryAfterMs?: number
}

/** Sends calls through a definition, one attempt at a time, as Segment's platform does. */
export interface Sender {
  /**
   * Sends calls of one mapping; only one, if its action takes no batches. A call that actions-core throws at is rejected,
   * and the others are sent without it.
   */
  send: (mapping: Mapping, calls: SegmentEvent[]) => Promise<Attempt>
  /**
   * Checks the settings, if the definition has a test of them.
   *
   * @returns undefined if they are good, else why not, and whether it may be otherwise later.
   */
  check: () => Promise<{ problem: string; isRetryable: boolean; retryAfterMs?: number } | undefined>
}

/** actions-core answers this to a batch of which no call matches the mapping, and to such a call alone. */
const NOT_SUBSCRIBED: Result = {
  status: 400,
  errormessage: 'Payload is either invalid or does not match the subscription'
}

const ACCEPTED: Result = { status: 200 }

/**
 * Makes a sender. It makes one attempt at a time, so that what is seen of requests belongs to it.
 *
 * @param definition any definition.
 * @param settings the settings of the account to send to.
 * @param isDryRun whether requests go nowhere. Then each call that would be sent counts as accepted.
 */
export function createSender<Settings>(
  definition: DestinationDefinition<Settings>,
  settings: Settings,
  isDryRun = false
): Sender {
  const observation: Observation = { requests: 0 }
  const runnable = isDryRun ? withoutRequests(definition) : definition
  const destination = createDestination(observeRequests(runnable, observation))

  const start = () => {
    Object.assign(observation, { requests: 0, status: undefined, retryAfterMs: undefined })
  }

  const sendAlone = async (call: SegmentEvent, subscription: JSONObject): Promise<Result> => {
    const results = await destination.onEvent(call, { ...(settings as JSONObject), subscription })
    const { output, data } = results.at(-1) ?? {}
    return output === 'Action Executed' ? { status: 200, body: data } : NOT_SUBSCRIBED
  }

  const sendBatch = async (calls: SegmentEvent[], subscription: JSONObject): Promise<Result[]> => {
    const [{ multistatus = [] } = {}] = await destination.onBatch(calls, { ...(settings as JSONObject), subscription })
    return calls.map((_, index) => (multistatus[index] as Result | undefined) ?? NOT_SUBSCRIBED)
  }

  const sendOnce = async (mapping: Mapping, calls: SegmentEvent[]): Promise<Result[]> => {
    const subscription = mapping as unknown as JSONObject
    const requestsBefore = observation.requests
    try {
      return takesBatches(definition, mapping)
        ? await sendBatch(calls, subscription)
        : [await sendAlone(calls[0], subscription)]
    } catch (error) {
      const isSent = observation.requests > requestsBefore
      if (isDryRun && isSent) return calls.map(() => ACCEPTED)
      if (calls.length > 1 && isOfOneCall(error, isSent)) {
        // The call that the error is about is found by halving: at most two tries for each call.
        const middle = calls.length >> 1
        return [...(await sendOnce(mapping, calls.slice(0, middle))), ...(await sendOnce(mapping, calls.slice(middle)))]
      }
      const result = isSent || !isProcessingError(error) ? resultOf(error) : unprocessable(error, calls[0])
      return calls.map(() => result)
    }
  }

  return {
    async send(mapping, calls) {
      start()
      const results = await sendOnce(mapping, calls)
      // actions-core keeps every response for good: a million calls would hold gigabytes.
      destination.responses.length = 0
      if (!isDryRun) return { results, retryAfterMs: observation.retryAfterMs }
      // A definition that misses something in the empty response asks for another attempt.
      return { results: results.map((result) => (isRetried(result.status) ? ACCEPTED : result)) }
    },
    async check() {
      start()
      try {
        await destination.testAuthentication(settings)
        return undefined
      } catch (error) {
        const { requests, status, retryAfterMs } = observation
        return {
          // actions-core puts this before every message, but it is only true of a bad token.
          problem: errorMessage(error).replace(/^Credentials are invalid:\s*/, ''),
          isRetryable: requests > 0 && (status === undefined || isRetried(status)),
          retryAfterMs
        }
      }
    }
  }
}

/** Whether the action of a mapping can be given several calls at once. */
export const takesBatches = (
  { actions }: { actions: Record<string, { performBatch?: unknown }> },
  { partnerAction }: Mapping
): boolean => actions[partnerAction]?.performBatch !== undefined

/** Whether another part of the batch may do better: what was thrown comes from one of its calls, before any request. */
const isOfOneCall = (error: unknown, isSent: boolean): boolean =>
  !isSent && (isProcessingError(error) || isRejected(statusOf(error)))

const isRejected = (status: number) => !isRetried(status) && status !== 401 && status !== 403

const unprocessable = (error: unknown, call: SegmentEvent): Result => ({
  status: 400,
  errormessage: processingError(error, call)
})

function resultOf(error: unknown): Result {
  const status = statusOf(error)
  const { response } = Object(error) as { response?: { status?: number } }
  const http = response?.status === undefined ? '' : ` (HTTP ${response.status})`
  return { status, errormessage: `${errorMessage(error)}${http}` }
}

/** Names of the errors that actions-core throws at fields that are missing or wrong. */
const VALIDATION_ERRORS = ['AggregateAjvError', 'ValidationError']

/** The status of an error of actions-core, or of the response in it. An unknown error is one of the server, as in Segment. */
function statusOf(error: unknown): number {
  const { name, status, response } = Object(error) as {
    name?: string
    status?: unknown
    response?: { status?: unknown }
  }
  if (VALIDATION_ERRORS.includes(name ?? '')) return 400
  return [status, response?.status].find((each): each is number => typeof each === 'number') ?? 500
}
