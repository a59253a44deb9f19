import { LIMITS } from '@tractionboard/contract'
import express, { type Request, type Response } from 'express'
import { promisify } from 'node:util'
import { problem } from './problem'

const MEDIA_TYPE = 'application/json'

const readBytes = promisify(express.raw({ limit: LIMITS.maxRequestBytes, type: () => true }))

/**
 * Makes sure that a request carries the Token ID.
 *
 * @see https://www.rfc-editor.org/rfc/rfc6750#section-2.1
 * @throws a problem with status 401 if the `Authorization` header is missing or has another token.
 */
export function authenticate(request: Request, token: string): void {
  const [, sent] = /^bearer +(\S+)$/i.exec(request.headers.authorization ?? '') ?? []
  if (sent === token) return
  const reason =
    sent === undefined ? 'The Token ID is missing. Send it as a bearer token.' : 'The Token ID is not known.'
  throw problem(401, `${reason} Copy it from the Tractionboard Dashboard under Settings > Integrations.`, {
    headers: { 'WWW-Authenticate': 'Bearer' }
  })
}

/**
 * Reads the body of a request as JSON in UTF-8, inflated if it was compressed.
 *
 * @returns what `JSON.parse` gives.
 * @throws a problem with status 415 for another content type or 400 for a body that is not JSON; or an error of the body
 * parser (see `toProblem`), also if the body is larger than the contract allows.
 */
export async function readJson(request: Request, response: Response): Promise<unknown> {
  const contentType = (request.headers['content-type'] ?? '').split(';')[0].trim().toLowerCase()
  if (contentType !== MEDIA_TYPE) throw problem(415, `The content type is not ${MEDIA_TYPE}. Send JSON, and say so.`)
  await readBytes(request, response)
  return parse(request.body as Buffer | undefined)
}

function parse(bytes: Buffer | undefined): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch {
    throw problem(400, 'The body is not JSON. Send JSON in UTF-8.')
  }
}

/**
 * Reads a whole number from the query of a request.
 *
 * @param rule the number if the query has none, and the largest that is allowed.
 * @throws a problem with status 400 if it is not a whole number from 0 to the maximum.
 */
export function queryNumber(request: Request, name: string, rule: { fallback: number; maximum: number }): number {
  const text = request.query[name]
  if (text === undefined) return rule.fallback
  const number = typeof text === 'string' && /^\d+$/.test(text) ? Number(text) : NaN
  if (number <= rule.maximum) return number
  throw problem(400, `${name} is not a whole number from 0 to ${rule.maximum}. Correct it in the query.`)
}
