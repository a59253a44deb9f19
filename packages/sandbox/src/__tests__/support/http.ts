import { request } from 'node:http'
import type { Sandbox } from '../..'
import { contractViolations, type HttpResponse } from '@tractionboard/testing/conformity'

/** What is sent besides the method and the path. */
export interface Sent {
  /** Becomes JSON, unless it is a buffer. */
  body?: unknown
  headers?: Record<string, string>
  /** Null sends no token; the sandbox's own by default. */
  token?: string | null
}

/** Sends a request and gives the response, whatever its status. Rejects if there is none. */
export function send(sandbox: Sandbox, method: string, path: string, sent: Sent = {}): Promise<HttpResponse> {
  const { body, headers, token = sandbox.token } = sent
  return new Promise((resolve, reject) => {
    const outgoing = request(`${sandbox.origin}${path}`, {
      method,
      headers: {
        ...(token !== null && { authorization: `Bearer ${token}` }),
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...headers
      }
    })
    outgoing.on('error', reject)
    outgoing.on('response', (incoming) => {
      const chunks: Buffer[] = []
      incoming.on('data', (chunk: Buffer) => chunks.push(chunk))
      incoming.on('error', reject)
      incoming.on('end', () => {
        const text = Buffer.concat(chunks).toString()
        resolve({ status: incoming.statusCode ?? 0, headers: incoming.headers, text, json: parseJson(text) })
      })
    })
    outgoing.end(body === undefined || Buffer.isBuffer(body) ? body : JSON.stringify(body))
  })
}

/** Sends a request to one of the contract's endpoints, and expects a response that the contract allows. */
export async function call(sandbox: Sandbox, method: string, path: string, sent?: Sent): Promise<HttpResponse> {
  const reply = await send(sandbox, method, path, sent)
  expect(contractViolations(method, path, reply)).toEqual([])
  return reply
}

/** Sends events, as `call` does. */
export function sendEvents(sandbox: Sandbox, events: readonly unknown[]): Promise<HttpResponse> {
  return call(sandbox, 'POST', '/v1/events', { body: { events } })
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
