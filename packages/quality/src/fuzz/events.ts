import { deflateSync, gzipSync } from 'node:zlib'
import fc, { type Arbitrary } from 'fast-check'
import { resultViolations, responseViolations } from './response-checks'
import { ask, postEvents } from './http'
import { kind } from './kind'
import { events } from './schema'
import type { Target } from './target'

type WireEvent = Record<string, unknown>

/** Ways to encode the same events. */
const ENCODINGS: Record<string, (events: WireEvent[]) => { body: Buffer; headers?: Record<string, string> }> = {
  plain: (events) => ({ body: Buffer.from(JSON.stringify({ events })) }),
  spaced: (events) => ({ body: Buffer.from(JSON.stringify({ events }, null, '\t')) }),
  'keys reversed': (events) => ({ body: Buffer.from(JSON.stringify({ events: events.map(reverseKeys) })) }),
  gzip: (events) => ({ body: gzipSync(JSON.stringify({ events })), headers: { 'content-encoding': 'gzip' } }),
  deflate: (events) => ({ body: deflateSync(JSON.stringify({ events })), headers: { 'content-encoding': 'deflate' } }),
  charset: (events) => ({
    body: Buffer.from(JSON.stringify({ events })),
    headers: { 'content-type': 'Application/JSON; charset=utf-8' }
  })
}

const reverseKeys = (event: WireEvent): WireEvent => Object.fromEntries(Object.entries(event).reverse())

const way = fc.constantFrom(...Object.keys(ENCODINGS))

let number = 0

/** The same events with ids that are new in this run. Invalid ids stay. */
const withFreshIds = (events: WireEvent[]): WireEvent[] =>
  events.map((event) => {
    const { id } = event
    if (typeof id !== 'string' || !/\S/.test(id) || [...id].length > 255) return event
    return { ...event, id: [...`${(number += 1)} ${id}`].slice(0, 255).join('') }
  })

async function sendEvents(target: Target, way: string, events: WireEvent[], right: 'accepted' | 'duplicate') {
  const { body, headers } = ENCODINGS[way](events)
  const request = postEvents(body, headers)
  const reply = await ask(target, request)
  return [...responseViolations(request, reply), ...resultViolations(events, reply, right)]
}

const batches = (values: Arbitrary<WireEvent>) => fc.array(values, { minLength: 1, maxLength: 8 })

/** Values that are invalid in most places. */
export const oddValues: Arbitrary<unknown> = fc.oneof(
  fc.constantFrom<unknown>(null, true, 0, -1, 1.5, 1e308, -0, '', ' ', '\u0000', 'visit', 'alias', '\ud800', [], {}),
  fc.constantFrom('2026-02-30T00:00:00Z', '2026-01-01', '1767225600', 'usd', 'EURO', '19.99', '__proto__', '\u202e'),
  fc.constantFrom(254, 255, 256, 257, 4096, 40_000).map((length) => 'x'.repeat(length)),
  fc.constantFrom(150, 198, 201, 1500).map(nested),
  fc.jsonValue({ maxDepth: 2 })
)

/** Objects and arrays, nested to a depth. */
function nested(depth: number): unknown {
  let value: unknown = 'deep'
  for (let level = 0; level < depth; level++) value = level % 2 ? [value] : { a: value }
  return value
}

const oddNames = fc.constantFrom('x', '', 'a.b', '__proto__', 'constructor', 'hasOwnProperty', 'Type', 'x'.repeat(300))

/** A change of one member somewhere in a value. Each step is an index, modulo the number of members. */
const changes = fc.record({
  steps: fc.array(fc.nat({ max: 40 }), { minLength: 1, maxLength: 3 }),
  what: fc.oneof(
    fc.record({ replace: oddValues }),
    fc.constant({ remove: true }),
    fc.record({ add: oddNames, value: oddValues })
  )
})

type Change = { steps: number[]; what: { replace: unknown } | { remove: boolean } | { add: string; value: unknown } }

function changed(value: unknown, { steps: [step, ...rest], what }: Change): unknown {
  if (typeof value !== 'object' || value === null) return 'replace' in what ? what.replace : value
  const entries = Object.entries(value)
  const place = entries.length > 0 ? step % entries.length : -1
  const next = entries.flatMap(([name, member], index): [string, unknown][] => {
    if (index !== place) return [[name, member]]
    if (rest.length > 0 && typeof member === 'object') return [[name, changed(member, { steps: rest, what })]]
    if ('replace' in what) return [[name, what.replace]]
    return 'remove' in what ? [] : [[name, member]]
  })
  if ('add' in what && rest.length === 0) next.push([what.add, what.value])
  return Array.isArray(value) ? next.map(([, member]) => member) : Object.fromEntries(next)
}

/** Valid events with up to three changes. */
const mutatedEvents = fc
  .tuple(events, fc.array(changes, { minLength: 0, maxLength: 3 }))
  .map(([event, all]) => all.reduce<unknown>((value, change) => changed(value, change), event))
  .map((event) => JSON.parse(JSON.stringify(event)) as WireEvent)

/** The same events with another clock and context, as in a resend. */
const resent = (events: WireEvent[]): WireEvent[] =>
  events.map((event) => ({ ...event, occurred_at: '2026-03-02T09:14:07.120456Z', context: { ip: '192.0.2.7' } }))

/** Valid events, and events that are almost valid. */
export const EVENT_KINDS = [
  kind(
    'valid events, and the same again, also with another clock and context',
    300,
    fc.tuple(batches(events), way, way),
    async (target, [values, one, other]) => {
      const events = withFreshIds(values)
      return [
        ...(await sendEvents(target, one, events, 'accepted')),
        ...(await sendEvents(target, other, [...events].reverse(), 'duplicate')),
        ...(await sendEvents(target, other, resent(events), 'duplicate'))
      ]
    }
  ),
  kind(
    'mutated events among valid ones',
    330,
    fc.tuple(batches(fc.oneof(mutatedEvents, events)), way),
    (target, [values, way]) => sendEvents(target, way, withFreshIds(values), 'accepted')
  )
]
