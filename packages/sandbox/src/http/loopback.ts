import type { RequestHandler } from 'express'
import { problem } from './problem'

const LOOPBACK_HOST = /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/i
const LOOPBACK_ORIGIN = /^https?:\/\/(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/i

/**
 * Lets only requests pass that were made to this machine by name, and by a page of this machine if by any. What it
 * guards needs no token, so another website must not get there through the browser: by a name of its own that points to
 * 127.0.0.1 (DNS rebinding, seen by `Host`), or by a form that it sends (seen by `Origin`).
 */
export const loopbackOnly: RequestHandler = (request, _response, next) => {
  const { host = '', origin } = request.headers
  if (LOOPBACK_HOST.test(host) && (origin === undefined || LOOPBACK_ORIGIN.test(origin))) return next()
  throw problem(403, 'This address is for this machine only. Open it as 127.0.0.1 or localhost, from no other website.')
}
