import { OUTCOMES, outcomeOf } from './outcomes'
import type { OutcomeId, Result } from './outcomes'
import type { Event, EventResult, EventResults, Problem } from './wire-types'

/** What came back over HTTP: an answer, or the code of the failure that there was instead. */
export type Answer = { status: number; text: string; retryAfter?: string } | { failure: string }

/** With these statuses, an answer has a result for each event. */
const STATUSES_WITH_RESULTS = [200, 207, 422]

/**
 * What an answer means for the events that were sent.
 *
 * @returns the result of each event, in the order of the events.
 */
export function resultsOf(answer: Answer, events: Event[]): Result<EventResult>[] {
  const results = isWithResults(answer) ? parse<EventResults>(answer.text)?.results : undefined
  if (!Array.isArray(results)) return events.map(() => failure(answer))
  const named = byIndex(results)
  return events.map((event, index) => resultOf(event, named.get(index)))
}

/** The row for an answer without results of its own. */
export const outcomeOfAll = (answer: Answer): OutcomeId => ('failure' in answer ? 'noAnswer' : outcomeOf(answer.status))

/** The result, in words for a person, of a request that failed as a whole. */
export function failure(answer: Answer): Result<never> {
  const outcome = outcomeOfAll(answer)
  const said = 'failure' in answer ? answer.failure : [`HTTP ${answer.status}`, ...details(answer)].join(', ')
  return { outcome, message: `${OUTCOMES[outcome].when} (${said}).` }
}

/** The JSON of a text, or nothing if it is none. */
export function parse<T>(text: string): Partial<T> | null | undefined {
  try {
    return JSON.parse(text) as Partial<T> | null
  } catch {
    return undefined
  }
}

const isWithResults = (answer: Answer): answer is Extract<Answer, { text: string }> =>
  'text' in answer && STATUSES_WITH_RESULTS.includes(answer.status)

function details({ text, retryAfter }: { text: string; retryAfter?: string }): string[] {
  const detail = parse<Problem>(text)?.detail
  return [
    ...(typeof detail === 'string' ? [detail.replace(/\.$/, '')] : []),
    ...(retryAfter ? [`Retry-After: ${retryAfter}`] : [])
  ]
}

/** The results by the index they name; nothing where several name the same, even if only one can be understood. */
function byIndex(results: unknown[]): Map<unknown, unknown> {
  const named = new Map<unknown, unknown>()
  for (const result of results) {
    const { index } = (result ?? {}) as { index?: unknown }
    named.set(index, named.has(index) ? undefined : result)
  }
  return named
}

function resultOf(event: Event, result: unknown): Result<EventResult> {
  if (!isResult(result) || result.id !== event.id) {
    return { outcome: 'unanswered', message: `${OUTCOMES.unanswered.when}.` }
  }
  if (result.status !== 'rejected') return { outcome: result.status, message: result.status, body: result }
  const { field, message, retryable } = result.error
  return {
    outcome: retryable ? 'unavailable' : 'rejected',
    message: field && !message.includes(field) ? `${field}: ${message}` : message,
    body: result
  }
}

/** Whether a member of `results` is what the contract says it is, so far as it is read here. */
function isResult(result: unknown): result is EventResult {
  const { status, error } = (result ?? {}) as { status?: unknown; error?: unknown }
  return status === 'accepted' || status === 'duplicate' || (status === 'rejected' && isError(error))
}

const isError = (error: unknown) => typeof (error as { message?: unknown } | null | undefined)?.message === 'string'
