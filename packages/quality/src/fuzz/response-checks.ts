import { contractViolations, type HttpResponse } from '@tractionboard/testing/conformity'
import { isValidEvent } from './oracle'
import type { HttpRequest } from './http'

/** How a response to any request is wrong: a server error, or a violation of the contract. Each in words. */
export function responseViolations({ method, path }: HttpRequest, reply: HttpResponse): string[] {
  if (reply.status >= 500) return [`${method} ${path} got ${reply.status}: ${reply.text}`]
  return (
    path.startsWith('/sandbox') ? sandboxRouteViolations(reply) : contractRouteViolations(method, path, reply)
  ).map((violation) => `${method} ${path}: ${violation}`)
}

function contractRouteViolations(method: string, path: string, reply: HttpResponse): string[] {
  // HEAD is GET without the body.
  if (method === 'HEAD') return reply.text === '' ? [] : ['there is a body']
  return contractViolations(method, path.split(/[?#]/)[0], reply)
}

/** The sandbox's own routes respond with JSON, and with problems like those of the contract. */
function sandboxRouteViolations({ status, headers, text, json }: HttpResponse): string[] {
  if (text === '') return []
  const mediaType = String(headers['content-type']).split(';')[0]
  const right = status < 400 ? 'application/json' : 'application/problem+json'
  return [
    ...(mediaType === right ? [] : [`the content type is ${mediaType}`]),
    ...(json === undefined ? ['the body is not JSON'] : [])
  ]
}

interface Result {
  index: number
  id: string | null
  status: string
  error?: { code: string; retryable: boolean }
}

/**
 * How the results of events are wrong, if there are any results. Each in words.
 *
 * @param events the events that were sent, parsed from JSON.
 * @param expected the status that a valid event must get; `either` if it may also be a conflict.
 */
export function resultViolations(
  events: unknown[],
  reply: HttpResponse,
  expected: 'accepted' | 'duplicate' | 'either'
): string[] {
  const results = (reply.json as { results?: Result[] } | undefined)?.results
  if (!results) return []
  const found = new Map(results.map((result) => [result.index, result]))
  const bad = results.filter(({ status }) => status === 'rejected').length
  const status = bad === 0 ? 200 : bad === results.length ? 422 : 207
  return [
    ...(results.length === events.length && found.size === events.length ? [] : ['not one result for each event']),
    ...(reply.status === status ? [] : [`the status is ${reply.status}, and the results mean ${status}`]),
    ...events.flatMap((event, index) => resultViolation(event, found.get(index), expected))
  ]
}

function resultViolation(
  event: unknown,
  result: Result | undefined,
  expected: 'accepted' | 'duplicate' | 'either'
): string[] {
  const says = (what: string) => [`${what}: ${JSON.stringify(result)} of ${JSON.stringify(event).slice(0, 2000)}`]
  const { id } = Object(event) as { id?: unknown }
  if (!result) return says('no result')
  if (result.id !== (typeof id === 'string' ? id : null)) return says('a result with another id')
  if (result.error?.retryable) return says('retryable without a fault')
  if (!isValidEvent(event)) return result.status === 'rejected' ? [] : says('an invalid event was accepted')
  if (expected === 'either')
    return result.error && result.error.code !== 'conflict' ? says('a valid event was rejected') : []
  return result.status === expected ? [] : says(`a valid event is not ${expected}`)
}
