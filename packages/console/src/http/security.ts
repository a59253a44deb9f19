import type { IncomingMessage } from 'node:http'

/** Headers of every answer. Nothing may be loaded or framed but what comes from this server. */
const HEADERS = {
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'SAMEORIGIN',
  'cross-origin-resource-policy': 'same-origin',
  'cross-origin-opener-policy': 'same-origin',
  'referrer-policy': 'same-origin'
}

/**
 * The headers that keep a page from loading, running or sending anything from or to elsewhere.
 *
 * @param alsoFrom another origin that scripts may come from and calls may go to: the Tracking API, for the demo shop.
 * @see https://developer.mozilla.org/en-US/docs/Web/HTTP/Guides/CSP
 */
export function securityHeaders(alsoFrom?: string): Record<string, string> {
  const also = alsoFrom ? ` ${alsoFrom}` : ''
  const policy = [
    "default-src 'none'",
    `script-src 'self'${also}`,
    "style-src 'self'",
    "img-src 'self' data:",
    "font-src 'self'",
    `connect-src 'self'${also}`,
    "frame-src 'self'",
    "frame-ancestors 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "require-trusted-types-for 'script'"
  ]
  // analytics.js sets the address of a script from a text.
  const used = alsoFrom ? policy.slice(0, -1) : policy
  return { ...HEADERS, 'content-security-policy': used.join('; ') }
}

/** Ways of the browser to say that another website made a request. */
const FROM_ELSEWHERE = ['cross-site', 'same-site']

/**
 * Whether a request comes from this server's own page, or from a program on this machine, and from no other website:
 * neither under a name of its own that points to 127.0.0.1 (DNS rebinding, seen by `Host`), nor with a form, an image
 * or a script (seen by `Origin` and `Sec-Fetch-Site`).
 *
 * @param port the port of this server.
 * @see https://en.wikipedia.org/wiki/DNS_rebinding
 */
export function isFromHere({ headers }: Pick<IncomingMessage, 'headers'>, port: number): boolean {
  const hosts = [`127.0.0.1:${port}`, `localhost:${port}`]
  const { host = '', origin } = headers
  if (!hosts.includes(host.toLowerCase())) return false
  if (origin !== undefined && origin !== `http://${host.toLowerCase()}`) return false
  const isVisit = headers['sec-fetch-mode'] === 'navigate' && headers['sec-fetch-dest'] === 'document'
  return isVisit || !FROM_ELSEWHERE.includes(String(headers['sec-fetch-site']))
}
