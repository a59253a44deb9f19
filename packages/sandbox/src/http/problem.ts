import { LIMITS, type Problem } from '@tractionboard/contract'
import { STATUS_CODES } from 'node:http'
import type { Log } from '../log'
import { ViolationError } from '../validation/violation'

/**
 * An error that becomes a response with the contract's `Problem` as its body. Its message is the detail.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9457
 */
export class ProblemError extends Error {
  /** @param headers are sent with the response, such as `Retry-After`. */
  constructor(
    readonly problem: Problem & { detail: string },
    readonly headers: Record<string, string> = {}
  ) {
    super(problem.detail)
    this.name = 'ProblemError'
  }
}

// Releases of Node differ in the name of 413; the contract has that of RFC 9110.
const TITLES: Partial<Record<number, string>> = { ...STATUS_CODES, 413: 'Content Too Large' }

/**
 * Makes a problem to throw.
 *
 * @param status the HTTP status, 400 to 599.
 * @param detail what is wrong and what to do, for people.
 * @param more the limit that a request passed, and headers of the response.
 * @example throw problem(404, 'No user has this id. Look for it in the list of users.')
 */
export function problem(
  status: number,
  detail: string,
  { limit, headers }: { limit?: Problem['limit']; headers?: Record<string, string> } = {}
): ProblemError {
  const title = TITLES[status] ?? 'Error'
  return new ProblemError({ type: 'about:blank', title, status, detail, ...(limit && { limit }) }, headers)
}

/** The problem of a body with more bytes than the contract allows. */
export function bodyTooLarge(): ProblemError {
  const maximum = LIMITS.maxRequestBytes
  return problem(413, `The body is larger than ${maximum} bytes, uncompressed. Send less at a time.`, {
    limit: { unit: 'bytes', maximum }
  })
}

/** Problems by the `type` that the body parser gives its errors. See https://github.com/expressjs/body-parser#errors */
const BODY_PROBLEMS: ReadonlyMap<unknown, ProblemError> = new Map([
  ['entity.too.large', bodyTooLarge()],
  ['encoding.unsupported', problem(415, 'The content encoding is not supported. Send gzip, or none.')]
])

/** Makes a problem of any error. An unexpected one becomes a 500, and is logged. */
export function toProblem(error: unknown, log: Log): ProblemError {
  if (error instanceof ProblemError) return error
  if (error instanceof ViolationError) return violationProblem(error)
  const { type, status } = Object(error) as { type?: unknown; status?: unknown }
  const known = BODY_PROBLEMS.get(type)
  if (known) return known
  if (typeof status === 'number' && status >= 400 && status < 500) {
    return problem(400, 'The address or the body of the request cannot be read. Check how they are encoded.')
  }
  log.error(error)
  return problem(500, 'The sandbox failed. Its standard error says why.')
}

function violationProblem({ violation: { code, message, limit } }: ViolationError): ProblemError {
  return problem(code === 'too_large' ? 413 : 400, message, { limit })
}
