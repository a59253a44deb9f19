import type { Request } from 'express'
import { problem } from './problem'

const WHERE = 'Copy it from the Tractionboard Dashboard under Settings > Integrations.'

/**
 * Lets only requests with the Token ID pass.
 *
 * @throws a problem with status 401 if the `Authorization` header is missing or has another token.
 */
export function requireToken(request: Request, token: string): void {
  const [, sent] = /^bearer +(\S+)$/i.exec(request.headers.authorization ?? '') ?? []
  if (sent === token) return
  const detail =
    sent === undefined ? 'The Token ID is missing. Send it as a bearer token.' : 'The Token ID is not known.'
  throw problem(401, `${detail} ${WHERE}`, { headers: { 'WWW-Authenticate': 'Bearer' } })
}
