import type { RequestHandler } from 'express'
import { problem } from './problem'

const LOOPBACK_HOST = /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/i
const LOOPBACK_ORIGIN = /^https?:\/\/(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/i

/**
 * Lets only requests pass that come from this machine and from no other website. What it guards needs no token, so a
 * website must not reach it through the browser: neither with a name of its own that points to 127.0.0.1 (DNS rebinding,
 * seen by `Host`), nor with a form (seen by `Origin`).
 *
 * @see https://en.wikipedia.org/wiki/DNS_rebinding
 */
export const loopbackOnly: RequestHandler = (request, _response, next) => {
  const { host = '', origin } = request.headers
  if (LOOPBACK_HOST.test(host) && (origin === undefined || LOOPBACK_ORIGIN.test(origin))) return next()
  throw problem(403, 'This address is for this machine only. Open it as 127.0.0.1 or localhost, from no other website.')
}
