import { ErrorCodes, InvalidAuthenticationError, PayloadValidationError, RetryableError } from '@segment/actions-core'
import findKey from 'lodash/findKey'

/**
 * What Segment does with an event after an outcome:
 * - `success`: it is delivered;
 * - `invalid`: it is discarded, because the same event would fail again;
 * - `authentication`: it is discarded, until the customer fixes the Token ID;
 * - `retry`: it is sent again, for up to four hours.
 *
 * @see https://segment.com/docs/connections/destinations/#retries-between-segment-and-destinations
 */
export type Verdict = 'success' | 'invalid' | 'authentication' | 'retry'

/** One row of the table of outcomes. */
export interface Outcome {
  /** What happened, for error messages and the docs. */
  readonly description: string
  readonly verdict: Verdict
  /**
   * The HTTP status that Segment gets for the event. Segment retries 408, 423, 429, and 5xx except 501.
   *
   * @see https://segment.com/docs/connections/destinations/#retries-between-segment-and-destinations
   */
  readonly status: 200 | 400 | 401 | 408 | 429 | 502 | 503 | 504
  /** The HTTP statuses of Tractionboard's response that mean this outcome: a status, or a class such as `5xx`. */
  readonly httpStatuses?: readonly (number | '5xx')[]
  /** Whether a batch is first sent again in two halves. The verdict is then for a single event. */
  readonly split?: true
}

const table = <Id extends string>(rows: Record<Id, Outcome>): Record<Id, Outcome> => rows

/**
 * Every outcome that an event can have, single and in a batch alike. The code, the tests and the docs follow from this
 * table; nothing about errors is decided elsewhere.
 */
export const OUTCOMES = table({
  accepted: { description: 'Tractionboard accepts the event', verdict: 'success', status: 200 },
  duplicate: { description: 'Tractionboard has accepted the same event before', verdict: 'success', status: 200 },
  rejected: { description: 'Tractionboard rejects the event', verdict: 'invalid', status: 400 },
  unavailable: {
    description: 'Tractionboard rejects the event, and says that it may accept it later',
    verdict: 'retry',
    status: 503
  },
  missingResult: {
    description: 'The response does not have exactly one result for this event',
    verdict: 'retry',
    status: 502
  },
  invalidPayload: {
    description: 'A field of the event is missing or wrong, so the event is not sent',
    verdict: 'invalid',
    status: 400
  },
  badRequest: {
    description: 'Tractionboard does not understand the request',
    verdict: 'invalid',
    status: 400,
    httpStatuses: [400]
  },
  badToken: {
    description: 'Tractionboard refuses the Token ID',
    verdict: 'authentication',
    status: 401,
    httpStatuses: [401, 403]
  },
  tooLarge: {
    description: 'The event is too large for a request',
    verdict: 'invalid',
    status: 400,
    httpStatuses: [413],
    split: true
  },
  tooDeep: {
    description: 'The event is nested too deeply to be sent',
    verdict: 'invalid',
    status: 400,
    split: true
  },
  notSent: {
    description: 'Tractionboard refuses too many parts of the batch as too large, so this event is not sent yet',
    verdict: 'retry',
    status: 503
  },
  requestTimeout: {
    description: 'Tractionboard waited too long for the request',
    verdict: 'retry',
    status: 408,
    httpStatuses: [408]
  },
  rateLimited: {
    description: 'Tractionboard is receiving too many requests',
    verdict: 'retry',
    status: 429,
    httpStatuses: [429]
  },
  serverError: {
    description: 'Tractionboard returned a server error',
    verdict: 'retry',
    status: 503,
    httpStatuses: ['5xx']
  },
  unexpectedResponse: {
    description: 'Tractionboard returned an unexpected response',
    verdict: 'retry',
    status: 502
  },
  networkError: {
    description: 'Tractionboard did not respond in time, or could not be reached',
    verdict: 'retry',
    status: 504
  }
})

/** The name of a row of the table. */
export type OutcomeId = keyof typeof OUTCOMES

/** The outcome of one event, and the reason for a person to read. */
export interface Result<Body = unknown> {
  readonly outcome: OutcomeId
  readonly message: string
  /** Tractionboard's own result for this event, if the response had one. */
  readonly body?: Body
}

/**
 * Finds the row for an HTTP status.
 *
 * @param status the status of a response that has no results for single events.
 * @returns the row that lists the status or its class, else `unexpectedResponse`.
 * @example outcomeOfStatus(503) // 'serverError'
 */
export function outcomeOfStatus(status: number): OutcomeId {
  const statusClass = `${Math.floor(status / 100)}xx`
  const id = findKey(OUTCOMES, ({ httpStatuses }) =>
    httpStatuses?.some((listed) => listed === status || listed === statusClass)
  )
  return (id as OutcomeId | undefined) ?? 'unexpectedResponse'
}

/**
 * @param result the result of an event.
 * @returns whether the event is delivered.
 */
export const isSuccess = ({ outcome }: Result): boolean => OUTCOMES[outcome].verdict === 'success'

/** The error type that a MultiStatusResponse gives for a verdict: the `code` of the error that `toError` makes. */
export const ERROR_TYPES = {
  invalid: ErrorCodes.PAYLOAD_VALIDATION_FAILED,
  authentication: ErrorCodes.INVALID_AUTHENTICATION,
  retry: ErrorCodes.RETRYABLE_ERROR
}

/**
 * Makes the error to throw for a single event that was not delivered.
 *
 * @param result the result of the event, whose verdict is not `success`.
 * @returns an error of actions-core, with the result's message and the status of the outcome's row.
 */
export function toError({ outcome, message }: Result): Error {
  const { verdict, status } = OUTCOMES[outcome]
  if (verdict === 'authentication') return new InvalidAuthenticationError(message)
  if (verdict === 'retry') return new RetryableError(message, status as RetryableError['status'])
  return new PayloadValidationError(message)
}
