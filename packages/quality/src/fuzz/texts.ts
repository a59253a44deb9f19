import fc from 'fast-check'
import { wrongResults, wrongWith } from './checks'
import { ask, parsed, posted } from './http'
import { kind } from './kind'
import { events } from './schema'
import type { Target } from './target'

/** Bytes that are put in somewhere: members twice, numbers too large, characters that are none, nesting without end. */
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

/** Whole bodies that are something else than events. */
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

/** An edit of a text: where, as a share of its length or after which of its braces, and what. */
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

async function sendText(target: Target, body: Buffer): Promise<string[]> {
  const asked = posted(body)
  const reply = await ask(target, asked)
  const json = read(body)
  const sent = (json as { events?: unknown } | null | undefined)?.events
  return [
    ...wrongWith(asked, reply),
    ...(json === undefined && reply.status !== 400 ? [`no JSON was answered with ${reply.status}`] : []),
    ...(Array.isArray(sent) ? wrongResults(sent, reply, 'either') : [])
  ].map((wrong) => `${wrong}\nof ${JSON.stringify(body.subarray(0, 3000).toString('latin1'))}`)
}

/** What a body is to a reader that takes UTF-8 and JSON at their word. */
function read(body: Buffer): unknown {
  try {
    return parsed(new TextDecoder('utf-8', { fatal: true }).decode(body))
  } catch {
    return undefined
  }
}

/** Texts that are almost JSON. */
export const TEXT_KINDS = [
  kind(
    'texts that are almost a request',
    180,
    fc.oneof({ weight: 20, arbitrary: editedBodies }, { weight: 1, arbitrary: fc.constantFrom(...BODIES) }),
    sendText
  )
]
