import type { Response } from 'express'
import type { Log } from '../log'
import { toProblem } from './problem'

/** What a handler decides to send. */
export interface Result {
  /** The HTTP status; null ends the connection without a response. */
  status: number | null
  headers?: Record<string, string>
  /** JSON by default. */
  mediaType?: string
  /** A string is sent as it is, anything else as JSON; without one the response has no body. */
  body?: unknown
}

/** The result of a request that failed with an error: a problem. An unexpected error is logged. */
export function errorResult(error: unknown, log: Log): Result {
  const { problem, headers } = toProblem(error, log)
  return { status: problem.status, headers, mediaType: 'application/problem+json', body: problem }
}

/** Sends a result, or ends the connection. */
export function send(response: Response, { status, headers = {}, mediaType = 'application/json', body }: Result): void {
  if (status === null) return void response.destroy()
  response.status(status).set(headers)
  if (body === undefined) response.end()
  else response.type(mediaType).send(typeof body === 'string' ? body : JSON.stringify(body))
}
