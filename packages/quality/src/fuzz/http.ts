import { Agent, request } from 'node:http'
import type { HttpResponse } from '@tractionboard/testing/conformity'
import type { Target } from './target'
import { readBody } from '../shared/loopback'

/** Generous, because the machine may be busy. */
export const RESPONSE_TIMEOUT_MS = 20_000

export interface HttpRequest {
  method: string
  /** The path on the wire, with its query. */
  path: string
  headers?: Record<string, string>
  body?: Buffer
}

/** The requests and responses of this run so far. */
export const counts = { requests: 0, statuses: new Map<string, number>() }

const agent = new Agent({ keepAlive: true, maxSockets: 4 })

/** Closes the kept-alive connections. */
export const closeConnections = (): void => agent.destroy()

/** Counts a response by its status, or `none` where none is due. */
export function countResponse(status: number | 'none'): void {
  counts.requests += 1
  counts.statuses.set(String(status), (counts.statuses.get(String(status)) ?? 0) + 1)
}

/**
 * Sends a request with the token of the target, unless its headers say otherwise.
 *
 * @throws Error if there is no response in time.
 */
export function ask({ origin, token }: Target, { method, path, headers, body }: HttpRequest): Promise<HttpResponse> {
  return new Promise((resolve, reject) => {
    const outgoing = request(`${origin}/`, {
      agent,
      method,
      path,
      headers: { authorization: `Bearer ${token}`, ...(body && { 'content-length': body.length }), ...headers }
    })
    const timer = setTimeout(
      () => outgoing.destroy(new Error(`No response within ${RESPONSE_TIMEOUT_MS} ms.`)),
      RESPONSE_TIMEOUT_MS
    )
    outgoing.once('close', () => clearTimeout(timer))
    outgoing.once('error', (error) => reject(new Error(`${method} ${path}: ${error.message}`)))
    outgoing.once('response', (incoming) => {
      readBody(incoming).then((text) => {
        const status = incoming.statusCode ?? 0
        countResponse(status)
        resolve({ status, headers: incoming.headers, text, json: parseJson(text) })
      }, reject)
    })
    outgoing.end(body)
  })
}

/** The request that posts a body to `/v1/events`. */
export const postEvents = (body: Buffer, headers: Record<string, string> = {}): HttpRequest => ({
  method: 'POST',
  path: '/v1/events',
  headers: { 'content-type': 'application/json', ...headers },
  body
})

/** The value of a JSON text, or undefined if it is not JSON. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
