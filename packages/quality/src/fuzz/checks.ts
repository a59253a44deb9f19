import { contractFaults, type Reply } from '@tractionboard/testing/conformity'
import { isGood } from './oracle'
import type { Asked } from './http'

/** What is wrong with an answer, whatever was asked: a failure that nobody staged, or what the contract does not allow. */
export function wrongWith({ method, path }: Asked, reply: Reply): string[] {
  if (reply.status >= 500) return [`${method} ${path} was answered with ${reply.status}: ${reply.text}`]
  return (path.startsWith('/sandbox') ? ownFaults(reply) : publicFaults(method, path, reply)).map(
    (fault) => `${method} ${path}: ${fault}`
  )
}

function publicFaults(method: string, path: string, reply: Reply): string[] {
  // As HTTP has it, HEAD is GET without the body.
  if (method === 'HEAD') return reply.text === '' ? [] : ['there is a body']
  return contractFaults(method, path.split(/[?#]/)[0], reply)
}

/** What the sandbox adds to the contract answers JSON, and problems like those of the contract. */
function ownFaults({ status, headers, text, json }: Reply): string[] {
  if (text === '') return []
  const mediaType = String(headers['content-type']).split(';')[0]
  const right = status < 400 ? 'application/json' : 'application/problem+json'
  return [
    ...(mediaType === right ? [] : [`the content type is ${mediaType}`]),
    ...(json === undefined ? ['the body is no JSON'] : [])
  ]
}

/** A result, so far as it is read here. */
interface Result {
  index: number
  id: string | null
  status: string
  error?: { code: string; retryable: boolean }
}

/**
 * What is wrong with the results of events, if there are any results.
 *
 * @param events what `JSON.parse` makes of what was sent.
 * @param right what a good event must be: new, or one that came before; `either` if it may also be in conflict with
 *   another one.
 */
export function wrongResults(events: unknown[], reply: Reply, right: 'accepted' | 'duplicate' | 'either'): string[] {
  const results = (reply.json as { results?: Result[] } | undefined)?.results
  if (!results) return []
  const found = new Map(results.map((result) => [result.index, result]))
  const bad = results.filter(({ status }) => status === 'rejected').length
  const status = bad === 0 ? 200 : bad === results.length ? 422 : 207
  return [
    ...(results.length === events.length && found.size === events.length ? [] : ['not one result an event']),
    ...(reply.status === status ? [] : [`the status is ${reply.status}, and the results say ${status}`]),
    ...events.flatMap((event, index) => wrongResult(event, found.get(index), right))
  ]
}

function wrongResult(event: unknown, result: Result | undefined, right: 'accepted' | 'duplicate' | 'either'): string[] {
  const says = (what: string) => [`${what}: ${JSON.stringify(result)} of ${JSON.stringify(event).slice(0, 2000)}`]
  const { id } = Object(event) as { id?: unknown }
  if (!result) return says('no result')
  if (result.id !== (typeof id === 'string' ? id : null)) return says('a result with another id')
  if (result.error?.retryable) return says('to be sent again, with no fault staged')
  if (!isGood(event)) return result.status === 'rejected' ? [] : says('a bad event was taken')
  if (right === 'either')
    return result.error && result.error.code !== 'conflict' ? says('a good event was refused') : []
  return result.status === right ? [] : says(`a good event is not ${right}`)
}
