import fc from 'fast-check'
import { resultViolations, responseViolations } from './response-checks'
import { ask, parseJson, postEvents } from './http'
import { kind } from './kind'
import { events } from './schema'
import type { Target } from './target'

/** Fragments to insert: repeated members, numbers that are too large, invalid characters, endless nesting. */
const FRAGMENTS = [
  '"type":"visit",',
  '"type":null,',
  '"id":"twice","id":"twice",',
  '"events":[],',
  '"events":null,',
  '"__proto__":{"type":"visit"},',
  '"constructor":{"prototype":{"polluted":true}},',
  '"amount":1e999,',
  '"amount":-0,',
  '"amount":0.1000000000000000055511151231257827021181583404541015625,',
  '"occurred_at":20260101,',
  '"properties":{"a":1,"a":2},',
  '"x":"\\ud800",',
  '"x":"\\u0000",',
  '"x":"\\x",',
  '"x":01,',
  '/* */',
  '//\n',
  "'",
  ',',
  '{',
  '}',
  '[',
  ']',
  'NaN',
  'undefined',
  '\u0000',
  '\ufeff',
  '\u2028',
  '['.repeat(20_000),
  '{"a":'.repeat(20_000),
  `"x":${'['.repeat(5000)}${']'.repeat(5000)},`,
  '9'.repeat(10_000)
].map((text) => Buffer.from(text))

const BYTES = [[0xff], [0xc3, 0x28], [0xed, 0xa0, 0x80], [0xf8, 0x88], [0xc0, 0x80], [0xef, 0xbb, 0xbf]].map((bytes) =>
  Buffer.from(bytes)
)

/** Bodies that are not a list of events. */
const BODIES = [
  '',
  ' ',
  'null',
  'true',
  '0',
  '"events"',
  '[]',
  '{}',
  '{"events":{}}',
  '{"events":[]}',
  '{"events":[null]}',
  '\ufeff{}',
  '[[[',
  '<events/>',
  'events=1'
].map((text) => Buffer.from(text))

/** An edit of a body: where, as a share of its length or after one of its braces and commas, and what. */
const edits = fc.record({
  at: fc.oneof(
    fc.record({ share: fc.double({ min: 0, max: 1, noNaN: true }) }),
    fc.record({ brace: fc.nat({ max: 30 }) })
  ),
  put: fc.oneof(fc.constantFrom(...FRAGMENTS, ...BYTES), fc.constant('cut' as const), fc.uint8Array({ maxLength: 4 }))
})

type Edit = { at: { share: number } | { brace: number }; put: Uint8Array | 'cut' }

function edited(body: Buffer, { at, put }: Edit): Buffer {
  const place = 'share' in at ? Math.floor(at.share * body.length) : afterBrace(body, at.brace)
  return put === 'cut' ? body.subarray(0, place) : Buffer.concat([body.subarray(0, place), put, body.subarray(place)])
}

function afterBrace(body: Buffer, number: number): number {
  const places = [...body.toString('latin1').matchAll(/[{,]/g)].map(({ index }) => index + 1)
  return places.length === 0 ? 0 : places[number % places.length]
}

const editedBodies = fc
  .tuple(fc.array(events, { minLength: 1, maxLength: 3 }), fc.array(edits, { minLength: 1, maxLength: 3 }))
  .map(([events, all]) => (all as Edit[]).reduce<Buffer>(edited, Buffer.from(JSON.stringify({ events }))))

async function sendBody(target: Target, body: Buffer): Promise<string[]> {
  const request = postEvents(body)
  const reply = await ask(target, request)
  const json = strictJson(body)
  const sent = (json as { events?: unknown } | null | undefined)?.events
  return [
    ...responseViolations(request, reply),
    ...(json === undefined && reply.status !== 400 ? [`a body that is not JSON got ${reply.status}`] : []),
    ...(Array.isArray(sent) ? resultViolations(sent, reply, 'either') : [])
  ].map((wrong) => `${wrong}\nof ${JSON.stringify(body.subarray(0, 3000).toString('latin1'))}`)
}

/** The value of a body for a strict reader of UTF-8 and JSON, or undefined. */
function strictJson(body: Buffer): unknown {
  try {
    return parseJson(new TextDecoder('utf-8', { fatal: true }).decode(body))
  } catch {
    return undefined
  }
}

export const MALFORMED_BODY_KINDS = [
  kind(
    'texts that are almost a request',
    180,
    fc.oneof({ weight: 20, arbitrary: editedBodies }, { weight: 1, arbitrary: fc.constantFrom(...BODIES) }),
    sendBody
  )
]
