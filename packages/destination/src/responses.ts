import { eventId } from './base-event'
import { OUTCOMES, outcomeOfStatus } from './outcomes'
import type { OutcomeId, Result } from './outcomes'
import type { EventResult, EventResults, Problem, Token, WireEvent } from './wire-types'

/** What came back from a request: an HTTP response, or the code of the network error that there was instead. */
export type ApiResponse = { status: number; text: string; retryAfter?: string } | { networkError: string }

/** The statuses whose body has a result for each event: all accepted, some rejected, all rejected. */
const STATUSES_WITH_RESULTS = [200, 207, 422]

/**
 * Finds the result of each event in the response to them. A result that is missing, repeated, or names another event
 * never counts as a success.
 *
 * @param response the response to a request that sent these events.
 * @param events the events, in the order in which they were sent.
 * @returns the result of each event, in the same order.
 */
export function readResults(response: ApiResponse, events: WireEvent[]): Result<EventResult>[] {
  const results = hasResults(response) ? parseJson<EventResults>(response.text)?.results : undefined
  if (!Array.isArray(results)) return events.map(() => requestFailure(response))
  const byIndex = resultsByIndex(results)
  return events.map((event, index) => eventResult(event, byIndex.get(index)))
}

/**
 * @param response the response to any request.
 * @returns whether it says that the Token ID is valid.
 */
export const isTokenValid = (response: ApiResponse): boolean =>
  'text' in response && response.status === 200 && parseJson<Token>(response.text)?.valid === true

/**
 * @param response the response to any request.
 * @returns whether it says that a user or a visitor is erased.
 */
export const isErased = (response: ApiResponse): boolean => 'status' in response && response.status === 204

/**
 * The outcome of a request as a whole.
 *
 * @param response a response that has no results for single events.
 * @returns the ID of its row in the table of outcomes.
 */
export function requestOutcome(response: ApiResponse): OutcomeId {
  if ('status' in response) return outcomeOfStatus(response.status)
  // JSON.stringify runs out of stack before a request is made.
  return response.networkError === 'RangeError' ? 'tooDeep' : 'networkError'
}

/**
 * The result of a request that failed as a whole.
 *
 * @param response a response that has no results for single events.
 * @returns its outcome, with a message that names the HTTP status or the network error.
 * @example requestFailure({ status: 429, text: '', retryAfter: '2' }).message
 *   // 'Tractionboard is receiving too many requests (HTTP 429, Retry-After: 2).'
 */
export function requestFailure(response: ApiResponse): Result<never> {
  const outcome = requestOutcome(response)
  const cause =
    'networkError' in response ? response.networkError : [`HTTP ${response.status}`, ...details(response)].join(', ')
  return { outcome, message: `${OUTCOMES[outcome].description} (${cause}).` }
}

/** The JSON of a text, or `undefined` if it is not JSON. */
function parseJson<T>(text: string): Partial<T> | null | undefined {
  try {
    return JSON.parse(text) as Partial<T> | null
  } catch {
    return undefined
  }
}

const hasResults = (response: ApiResponse): response is Extract<ApiResponse, { text: string }> =>
  'text' in response && STATUSES_WITH_RESULTS.includes(response.status)

function details({ text, retryAfter }: { text: string; retryAfter?: string }): string[] {
  const detail = parseJson<Problem>(text)?.detail
  return [
    ...(typeof detail === 'string' ? [detail.replace(/\.$/, '')] : []),
    ...(retryAfter ? [`Retry-After: ${retryAfter}`] : [])
  ]
}

/** The results by the index that they name. An index that several results name has none, even if only one is valid. */
function resultsByIndex(results: unknown[]): Map<unknown, unknown> {
  const byIndex = new Map<unknown, unknown>()
  for (const result of results) {
    const { index } = (result ?? {}) as { index?: unknown }
    byIndex.set(index, byIndex.has(index) ? undefined : result)
  }
  return byIndex
}

function eventResult(event: WireEvent, result: unknown): Result<EventResult> {
  if (!isEventResult(result) || result.id !== eventId(event)) {
    return { outcome: 'missingResult', message: `${OUTCOMES.missingResult.description}.` }
  }
  if (result.status !== 'rejected') return { outcome: result.status, message: result.status, body: result }
  const { field, message, retryable } = result.error
  return {
    outcome: retryable ? 'unavailable' : 'rejected',
    message: field && !message.includes(field) ? `${field}: ${message}` : message,
    body: result
  }
}

/** Checks only the members that are read here. */
function isEventResult(result: unknown): result is EventResult {
  const { status, error } = (result ?? {}) as { status?: unknown; error?: unknown }
  return status === 'accepted' || status === 'duplicate' || (status === 'rejected' && hasMessage(error))
}

const hasMessage = (error: unknown) => typeof (error as { message?: unknown } | null | undefined)?.message === 'string'
