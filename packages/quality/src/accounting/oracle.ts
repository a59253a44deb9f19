/**
 * The expected outcome of each event, computed from the requests and the responses. It imports nothing from the
 * destination, so that they do not share mistakes.
 */
import { isRetried } from '@tractionboard/local-segment'

/** What Segment must do with an event. */
export type ExpectedOutcome = 'success' | 'discarded' | 'authentication' | 'retried'

/** The response to a request, or `none` if the connection broke. */
export type ServerResponse = { status: number; text: string } | 'none'

/** A request and its response: the positions of its events among all valid ones, and their ids. */
export interface Exchange {
  positions: number[]
  ids: string[]
  response: ServerResponse
}

/** A batch that is refused as too large is sent in parts, in at most so many requests. Segment retries the rest. */
const MAX_REQUESTS = 32

/**
 * The expected outcome of each valid event.
 *
 * @param count how many valid events there are.
 * @throws Error if one was never sent or was sent again after a response, or if there were too many requests.
 */
export function expectedOutcomes(exchanges: Exchange[], count: number): ExpectedOutcome[] {
  if (exchanges.length > MAX_REQUESTS) throw new Error(`There were ${exchanges.length} requests.`)
  const outcomes: (ExpectedOutcome | undefined)[] = Array.from({ length: count })
  for (const exchange of exchanges.filter((exchange) => !isSplit(exchange))) {
    exchange.positions.forEach((position, index) => {
      if (outcomes[position] !== undefined) throw new Error(`Event ${position} was sent again after a response.`)
      outcomes[position] = outcomeOfExchange(exchange, index)
    })
  }
  return outcomes.map((outcome, position) => {
    if (outcome !== undefined) return outcome
    const wasSent = exchanges.some(({ positions }) => positions.includes(position))
    if (!wasSent || exchanges.length < MAX_REQUESTS) throw new Error(`Event ${position} was not sent to the end.`)
    return 'retried'
  })
}

/** What Segment does with an event that has a status. */
export function outcomeOfStatus(status: number | undefined): ExpectedOutcome | undefined {
  if (status === 200) return 'success'
  if (status === 400) return 'discarded'
  if (status === 401) return 'authentication'
  if (status === undefined) return undefined
  return isRetried(status) ? 'retried' : undefined
}

const isSplit = ({ response, ids }: Exchange) => response !== 'none' && response.status === 413 && ids.length > 1

function outcomeOfExchange({ response, ids }: Exchange, index: number): ExpectedOutcome {
  if (response === 'none') return 'retried'
  const { status, text } = response
  if (status === 200 || status === 207 || status === 422) return outcomeOfResult(resultsFor(text, index), ids[index])
  if (status === 400 || status === 413) return 'discarded'
  return status === 401 || status === 403 ? 'authentication' : 'retried'
}

type JsonObject = Record<string, unknown>

/** All results in a response that have an index, valid or not. */
function resultsFor(text: string, index: number): JsonObject[] {
  const results = asObject(read(text)).results
  return Array.isArray(results) ? results.map(asObject).filter((result) => result.index === index) : []
}

function outcomeOfResult(results: JsonObject[], id: string): ExpectedOutcome {
  const [result] = results
  if (results.length !== 1 || result.id !== id) return 'retried'
  if (result.status === 'accepted' || result.status === 'duplicate') return 'success'
  const { message, retryable } = asObject(result.error)
  if (result.status !== 'rejected' || typeof message !== 'string') return 'retried'
  return retryable ? 'retried' : 'discarded'
}

function read(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

const asObject = (value: unknown): JsonObject =>
  value !== null && typeof value === 'object' ? (value as JsonObject) : {}
