import type { ErrorRequestHandler, Request, RequestHandler } from 'express'
import { bodyTooLarge, problem, ProblemError, sendProblem } from './problem'

/** What the body parser calls its errors, and what is answered. */
const BODY_ERRORS: ReadonlyMap<unknown, ProblemError> = new Map([
  ['entity.too.large', bodyTooLarge()],
  ['encoding.unsupported', problem(415, 'The content encoding is not supported. Send gzip, or none.')]
])

/** Answers what no route has answered. */
export const notFound: RequestHandler = () => {
  throw problem(404, 'There is nothing at this address. Check its path, which counts upper and lower case.')
}

/**
 * Answers a method that an address does not have.
 *
 * @param methods the methods that it has.
 */
export function methodNotAllowed(methods: readonly string[]): RequestHandler {
  const allow = methods.map((method) => method.toUpperCase()).join(', ')
  return (request: Request) => {
    throw problem(405, `This address does not take ${request.method}. Use ${allow}.`, { headers: { Allow: allow } })
  }
}

/** Answers every error as a problem; one that nobody foresaw also goes to standard error. */
export const answerError: ErrorRequestHandler = (error: unknown, _request, response, _next) => {
  if (response.headersSent) response.destroy()
  else sendProblem(response, toProblem(error))
}

function toProblem(error: unknown): ProblemError {
  if (error instanceof ProblemError) return error
  const { type, status } = Object(error) as { type?: unknown; status?: unknown }
  const known = BODY_ERRORS.get(type)
  if (known) return known
  if (typeof status === 'number' && status >= 400 && status < 500) {
    return problem(400, 'The address or the body of the request cannot be read. Check how they are encoded.')
  }
  console.error(error)
  return problem(500, 'The sandbox failed. Its standard error says why.')
}
