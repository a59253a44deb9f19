import { ErrorCodes, InvalidAuthenticationError, PayloadValidationError, RetryableError } from '@segment/actions-core'

/**
 * What Segment does with an event after an outcome:
 * - `success`: it is delivered;
 * - `invalid`: it is discarded, because the same event would fail again;
 * - `authentication`: it is discarded until somebody fixes the Token ID;
 * - `retry`: it is sent again, for four hours.
 */
export type Verdict = 'success' | 'invalid' | 'authentication' | 'retry'

/** One row of the table: what happened, and what follows. */
export interface Outcome {
  /** What happened, for the docs. */
  readonly when: string
  readonly verdict: Verdict
  /** The HTTP status that Segment is told for the event. Segment retries 408, 423, 429 and 5xx but 501. */
  readonly status: 200 | 400 | 401 | 408 | 429 | 502 | 503 | 504
  /** The HTTP statuses that mean this outcome: a status, or a whole class such as `5xx`. */
  readonly http?: readonly (number | '5xx')[]
  /** Whether several events are first sent again, at once and in two halves. The verdict is for one event alone. */
  readonly split?: true
}

const table = <Id extends string>(rows: Record<Id, Outcome>): Record<Id, Outcome> => rows

/**
 * Everything that can become of an event, single and in a batch alike. The code, the tests and the docs follow from
 * this table; nothing about errors is decided elsewhere.
 */
export const OUTCOMES = table({
  accepted: { when: 'Tractionboard accepts the event', verdict: 'success', status: 200 },
  duplicate: { when: 'Tractionboard has accepted the same event before', verdict: 'success', status: 200 },
  rejected: { when: 'Tractionboard rejects the event', verdict: 'invalid', status: 400 },
  unavailable: {
    when: 'Tractionboard rejects the event, and says that it may take it later',
    verdict: 'retry',
    status: 503
  },
  unanswered: { when: 'The answer does not have exactly one result for this event', verdict: 'retry', status: 502 },
  unsendable: {
    when: 'A field of the event is missing or wrong, so the event is not sent',
    verdict: 'invalid',
    status: 400
  },
  badRequest: { when: 'Tractionboard does not understand the request', verdict: 'invalid', status: 400, http: [400] },
  badToken: { when: 'Tractionboard refuses the Token ID', verdict: 'authentication', status: 401, http: [401, 403] },
  tooLarge: { when: 'The event is too large for a request', verdict: 'invalid', status: 400, http: [413], split: true },
  tooSlow: { when: 'Tractionboard waited too long for the request', verdict: 'retry', status: 408, http: [408] },
  tooMany: { when: 'Tractionboard is receiving too many requests', verdict: 'retry', status: 429, http: [429] },
  failed: { when: 'Tractionboard returned a server error', verdict: 'retry', status: 503, http: ['5xx'] },
  unreadable: { when: 'Tractionboard returned an unexpected answer', verdict: 'retry', status: 502 },
  noAnswer: { when: 'Tractionboard did not answer in time, or could not be reached', verdict: 'retry', status: 504 }
})

/** The name of a row of the table. */
export type OutcomeId = keyof typeof OUTCOMES

/** What became of one event, and why, in words for a person. */
export interface Result<Body = unknown> {
  readonly outcome: OutcomeId
  readonly message: string
  /** What Tractionboard said of this event, if it said something. */
  readonly body?: Body
}

/**
 * The row for an HTTP status.
 *
 * @param status an HTTP status that carries no results of its own.
 * @returns the row that names the status or its class, else `unreadable`.
 */
export function outcomeOf(status: number): OutcomeId {
  const rows = Object.keys(OUTCOMES) as OutcomeId[]
  return (
    rows.find((id) => OUTCOMES[id].http?.some((http) => http === status || http === statusClass(status))) ??
    'unreadable'
  )
}

const statusClass = (status: number) => `${Math.floor(status / 100)}xx`

/** Whether the event is delivered. */
export const isSuccess = ({ outcome }: Result): boolean => OUTCOMES[outcome].verdict === 'success'

/** The error type that a MultiStatusResponse gives for a verdict: the `code` of the class that `errorOf` makes. */
export const ERROR_TYPES = {
  invalid: ErrorCodes.PAYLOAD_VALIDATION_FAILED,
  authentication: ErrorCodes.INVALID_AUTHENTICATION,
  retry: ErrorCodes.RETRYABLE_ERROR
}

/**
 * The error to throw for a single event that was not delivered.
 *
 * @returns one of actions-core's classes, with the status of the outcome's row.
 */
export function errorOf({ outcome, message }: Result): Error {
  const { verdict, status } = OUTCOMES[outcome]
  if (verdict === 'authentication') return new InvalidAuthenticationError(message)
  if (verdict === 'retry') return new RetryableError(message, status as RetryableError['status'])
  return new PayloadValidationError(message)
}
