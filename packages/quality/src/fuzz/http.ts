import { Agent, request } from 'node:http'
import type { Reply } from '@tractionboard/testing/conformity'
import type { Target } from './target'
import { bodyOf } from '../shared/loopback'

/** After so long without an answer, a request counts as hung. Generous: the machine may be busy. */
export const LIMIT_MS = 20_000

/** One request. */
export interface Asked {
  method: string
  /** As it goes over the wire, with its query. */
  path: string
  headers?: Record<string, string>
  body?: Buffer
}

/** What was asked and answered so far in this run. */
export const seen = { requests: 0, statuses: new Map<string, number>() }

const agent = new Agent({ keepAlive: true, maxSockets: 4 })

/** Closes the connections that are kept for the next request. */
export const closeConnections = (): void => agent.destroy()

/** Counts an answer; `none` where there was none, and none was due. */
export function note(status: number | 'none'): void {
  seen.requests += 1
  seen.statuses.set(String(status), (seen.statuses.get(String(status)) ?? 0) + 1)
}

/**
 * Sends a request with the token of the target, unless its headers say otherwise.
 *
 * @throws Error if there is no answer.
 */
export function ask({ origin, token }: Target, { method, path, headers, body }: Asked): Promise<Reply> {
  return new Promise((resolve, reject) => {
    const outgoing = request(`${origin}/`, {
      agent,
      method,
      path,
      headers: { authorization: `Bearer ${token}`, ...(body && { 'content-length': body.length }), ...headers }
    })
    const timer = setTimeout(() => outgoing.destroy(new Error(`No answer within ${LIMIT_MS} ms.`)), LIMIT_MS)
    outgoing.once('close', () => clearTimeout(timer))
    outgoing.once('error', (error) => reject(new Error(`${method} ${path}: ${error.message}`)))
    outgoing.once('response', (incoming) => {
      bodyOf(incoming).then((text) => {
        const status = incoming.statusCode ?? 0
        note(status)
        resolve({ status, headers: incoming.headers, text, json: parsed(text) })
      }, reject)
    })
    outgoing.end(body)
  })
}

/** The request that sends a body to where events go. */
export const posted = (body: Buffer, headers: Record<string, string> = {}): Asked => ({
  method: 'POST',
  path: '/v1/events',
  headers: { 'content-type': 'application/json', ...headers },
  body
})

/** The JSON of a text, or undefined if it is none. */
export function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
