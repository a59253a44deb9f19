import { brotliCompressSync, gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { isValid } from '@tractionboard/testing/conformity'
import { oddValues } from './events'
import { responseViolations } from './response-checks'
import { ask, postEvents, type HttpRequest } from './http'
import { kind } from './kind'
import { events } from './schema'
import type { Target } from './target'

async function send(target: Target, request: HttpRequest): Promise<string[]> {
  return responseViolations(request, await ask(target, request))
}

const CONTENT_TYPES = [
  '',
  'text/plain',
  'application/json',
  'application/json;charset=utf-16',
  'application/jsonp',
  'APPLICATION/JSON ; x=y',
  'application/problem+json',
  'multipart/form-data; boundary=x',
  'application/json, text/html',
  ';',
  '\t'
]

const ENCODINGS = [
  '',
  'identity',
  'gzip',
  'GZIP',
  'deflate',
  'br',
  'zstd',
  'gzip, gzip',
  'x-gzip',
  'constructor',
  '__proto__',
  'compress'
]

const AUTHORIZATIONS = [
  '',
  'Bearer',
  'Bearer ',
  'Bearer wrong',
  'bearer tb_sandbox_token',
  'Bearer  tb_sandbox_token',
  'Bearer tb_sandbox_token x',
  'Basic dGI6',
  'tb_sandbox_token',
  `Bearer ${'x'.repeat(8000)}`
]

/** Headers that have a meaning to some servers. */
const OTHER_HEADERS: [string, string][] = [
  ['x-http-method-override', 'DELETE'],
  ['accept', 'text/html'],
  ['accept-encoding', 'gzip'],
  ['if-none-match', '*'],
  ['range', 'bytes=0-0'],
  ['expect', '100-continue'],
  ['connection', 'close'],
  ['te', 'trailers'],
  ['x-forwarded-for', '::1'],
  ['cookie', 'a=b; __proto__=c'],
  ['origin', 'https://elsewhere.example'],
  ['host', 'elsewhere.example'],
  ['__proto__', 'x'],
  ['x-odd', '\u00ff\u0080'],
  ['x-long', 'x'.repeat(7000)]
]

const bodies = fc.oneof(
  fc.array(events, { minLength: 1, maxLength: 2 }).map((events) => Buffer.from(JSON.stringify({ events }))),
  fc.uint8Array({ maxLength: 40 }).map((bytes) => Buffer.from(bytes))
)

const compressed = fc.tuple(bodies, fc.constantFrom('none', 'gzip', 'br', 'cut')).map(([body, how]) => {
  if (how === 'gzip') return gzipSync(body)
  if (how === 'br') return brotliCompressSync(body)
  return how === 'cut' ? gzipSync(body).subarray(0, -5) : body
})

const oddHeaders = fc
  .record(
    {
      'content-type': fc.constantFrom(...CONTENT_TYPES),
      'content-encoding': fc.constantFrom(...ENCODINGS),
      authorization: fc.constantFrom(...AUTHORIZATIONS),
      others: fc.array(fc.constantFrom(...OTHER_HEADERS), { maxLength: 3 })
    },
    { requiredKeys: [] }
  )
  .map(({ others = [], ...named }): Record<string, string> => ({ ...named, ...Object.fromEntries(others) }))

const METHODS = [
  'GET',
  'HEAD',
  'POST',
  'PUT',
  'PATCH',
  'DELETE',
  'OPTIONS',
  'TRACE',
  'PROPFIND',
  'QUERY',
  'PURGE',
  'MKCOL'
]

const PATHS = [
  '/',
  '//',
  '/v1',
  '/v1/',
  '/v1/events',
  '/v1/events/',
  '/V1/events',
  '/v1//events',
  '/v1/events?events=[]',
  '/v1/token',
  '/v1/token?x[y]=1&x=2',
  '/v1/erasures',
  '/v1/erasures/',
  '/v1/erasures/a/b',
  '/v1/%65vents',
  '/v1/../v1/token',
  '/v1/token;a=b',
  '/%',
  '/v2/events',
  '/constructor',
  '/__proto__',
  '*',
  '/sandbox',
  '/sandbox/',
  '/sandbox/health/..'
]

const ids = fc.oneof(
  fc.string({ unit: 'binary', minLength: 1, maxLength: 20 }),
  fc.constantFrom('', ' ', '.', '..', '../token', 'null', '__proto__', '%', 'a/b', '\ud800', ' u1\n', '\u0000'),
  fc.constantFrom(255, 256, 6000).map((length) => 'x'.repeat(length)),
  oddValues
)

/** Bodies of erasures: both ids or one of them, sometimes with a member that is unknown. */
const erasures = fc.oneof(
  { weight: 20, arbitrary: fc.record({ external_user_id: ids, anonymous_id: ids }, { requiredKeys: [] }) },
  { weight: 2, arbitrary: fc.record({ external_user_id: ids, userId: ids }) },
  { weight: 1, arbitrary: oddValues }
)

/** Erases, and checks that exactly the erasures that the contract allows succeed. */
async function sendErasure(target: Target, erasure: unknown): Promise<string[]> {
  const text = JSON.stringify(erasure)
  const headers = { 'content-type': 'application/json' }
  const request = { method: 'POST', path: '/v1/erasures', headers, body: Buffer.from(text) }
  const reply = await ask(target, request)
  const right = isValid('Erasure', JSON.parse(text)) ? 204 : 400
  return [
    ...responseViolations(request, reply),
    ...(reply.status === right ? [] : [`the erasure ${text.slice(0, 2000)} got ${reply.status} instead of ${right}`])
  ]
}

const queries = [
  'limit=0',
  'limit=-1',
  'limit=1e9',
  'limit=a',
  'limit=1&limit=2',
  'offset=99999999999999999999',
  'limit[x]=1',
  'limit=%00',
  'limit=%ff',
  '__proto__=1'
]

const readRequests = fc
  .tuple(
    fc.constantFrom(
      'dashboard',
      'users',
      'journal',
      'health',
      'faults',
      'users/x',
      'users/%ff',
      'users/__proto__',
      'nothing'
    ),
    fc.constantFrom('', ...queries)
  )
  .map(([path, query]): HttpRequest => ({ method: 'GET', path: `/sandbox/${path}${query && `?${query}`}` }))

/** Settings that are invalid, or inject no fault. */
const settings = fc.oneof(
  oddValues,
  fc.record({ script: oddValues }),
  fc.record({ slow: fc.constantFrom<unknown>(0, -1, 2, '1', null) }),
  fc.record({ seed: fc.constantFrom<unknown>(0, 1.5, 1e400, '1') }),
  fc.dictionary(fc.constantFrom('__proto__', 'constructor', 'USD', 'usd', 'x'), oddValues)
)

const settingRequests = fc.tuple(fc.constantFrom('faults', 'spend'), settings).map(([path, value]): HttpRequest => ({
  method: 'PUT',
  path: `/sandbox/${path}`,
  headers: { 'content-type': 'application/json' },
  body: Buffer.from(JSON.stringify(value) ?? '')
}))

/** Requests with odd headers, methods and paths. */
export const REQUEST_KINDS = [
  kind('headers and encodings', 60, fc.tuple(compressed, oddHeaders), (target, [body, headers]) =>
    send(target, postEvents(body, headers))
  ),
  kind(
    'methods and paths',
    50,
    fc.tuple(fc.constantFrom(...METHODS), fc.constantFrom(...PATHS)),
    (target, [method, path]) => send(target, { method, path })
  ),
  kind('erasures by ids of any kind', 40, erasures, sendErasure),
  kind("the sandbox's own addresses", 20, fc.oneof(readRequests, settingRequests), send)
]
