import type { ErrorRequestHandler, RequestHandler } from 'express'
import type { Log } from '../log'
import { problem } from './problem'
import { errorResult, send } from './result'

/** Handles what no route has handled. */
export const notFound: RequestHandler = () => {
  throw problem(404, 'There is nothing at this address. Check its path, which counts upper and lower case.')
}

/**
 * Handles a method that an address does not have.
 *
 * @param methods the methods that it has.
 */
export function methodNotAllowed(methods: readonly string[]): RequestHandler {
  const allow = methods.map((method) => method.toUpperCase()).join(', ')
  return (request) => {
    throw problem(405, `This address does not take ${request.method}. Use ${allow}.`, { headers: { Allow: allow } })
  }
}

/** Sends every error as a problem. An unexpected one is logged. */
export const errorHandler =
  (log: Log): ErrorRequestHandler =>
  (error: unknown, _request, response, _next) => {
    if (response.headersSent) response.destroy()
    else send(response, errorResult(error, log))
  }
