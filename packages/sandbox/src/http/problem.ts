import { LIMITS, type Problem } from '@tractionboard/contract'
import type { Response } from 'express'
import { STATUS_CODES } from 'node:http'

/** An error that is answered as RFC 9457 writes it, with the contract's `Problem` as its body. Its message is the detail. */
export class ProblemError extends Error {
  /** @param headers go along with the answer, such as `Retry-After`. */
  constructor(
    readonly problem: Problem & { detail: string },
    readonly headers: Record<string, string> = {}
  ) {
    super(problem.detail)
    this.name = 'ProblemError'
  }
}

// The name of 413 differs between releases of Node; the contract has that of RFC 9110.
const TITLES: Partial<Record<number, string>> = { ...STATUS_CODES, 413: 'Content Too Large' }

/**
 * Makes a problem to throw.
 *
 * @param status the HTTP status, 400 to 599.
 * @param detail what is wrong and what to do, for a person.
 * @param more the limit that was passed, and headers to answer with.
 */
export function problem(
  status: number,
  detail: string,
  { limit, headers }: { limit?: Problem['limit']; headers?: Record<string, string> } = {}
): ProblemError {
  const title = TITLES[status] ?? 'Error'
  return new ProblemError({ type: 'about:blank', title, status, detail, ...(limit && { limit }) }, headers)
}

/** The problem of a body that is too large. */
export function bodyTooLarge(): ProblemError {
  const maximum = LIMITS.maxRequestBytes
  return problem(413, `The body is larger than ${maximum} bytes, uncompressed. Send less at a time.`, {
    limit: { unit: 'bytes', maximum }
  })
}

/** Answers with a problem. */
export function sendProblem(response: Response, { problem, headers }: ProblemError): void {
  response.status(problem.status).set(headers).type('application/problem+json').send(JSON.stringify(problem))
}
