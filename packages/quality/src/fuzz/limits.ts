import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { LIMITS } from '@tractionboard/contract'
import { responseViolations } from './response-checks'
import { ask, postEvents } from './http'
import { kind } from './kind'

const MEBIBYTE = 2 ** 20

const event = (id: number, text = '') => ({
  type: 'event',
  id: `large ${id}`,
  occurred_at: '2026-01-01T00:00:00Z',
  external_user_id: 'u',
  name: 'Large',
  properties: { text }
})

/** A request of exactly so many bytes: one small event, and spaces after it. */
function sized(bytes: number): Buffer {
  const body = Buffer.alloc(bytes, ' ')
  body.write(JSON.stringify({ events: [event(0)] }))
  return body
}

/** Bodies at the limits and far beyond them, with the expected status and the unit of the limit that they exceed. */
const BODIES: Record<string, () => { body: Buffer; encoding?: string; status: number; unit?: string }> = {
  'the maximum of bytes': () => ({ body: sized(LIMITS.maxRequestBytes), status: 200 }),
  'a byte too many': () => ({ body: sized(LIMITS.maxRequestBytes + 1), status: 413, unit: 'bytes' }),
  'twice as many bytes': () => ({ body: sized(2 * LIMITS.maxRequestBytes), status: 413, unit: 'bytes' }),
  'the maximum of bytes, compressed': () => ({
    body: gzipSync(sized(LIMITS.maxRequestBytes)),
    encoding: 'gzip',
    status: 200
  }),
  'a byte too many, compressed': () => ({
    body: gzipSync(sized(LIMITS.maxRequestBytes + 1)),
    encoding: 'gzip',
    status: 413,
    unit: 'bytes'
  }),
  'a small body that inflates to 64 MiB': () => ({
    body: gzipSync(Buffer.alloc(64 * MEBIBYTE)),
    encoding: 'gzip',
    status: 413,
    unit: 'bytes'
  }),
  'the maximum of events': () => ({ body: many(LIMITS.maxEvents), status: 200 }),
  'an event too many': () => ({ body: many(LIMITS.maxEvents + 1), status: 413, unit: 'events' }),
  'a hundred thousand events': () => ({
    body: Buffer.from(`{"events":[${'0,'.repeat(100_000)}0]}`),
    status: 413,
    unit: 'events'
  }),
  'an event that is too large': () => ({
    body: Buffer.from(JSON.stringify({ events: [event(1, 'x'.repeat(LIMITS.maxEventBytes))] })),
    status: 422
  })
}

const many = (count: number) =>
  Buffer.from(JSON.stringify({ events: Array.from({ length: count }, (_, id) => event(id)) }))

export const LIMIT_KINDS = [
  kind('requests at the limits', 4, fc.constantFrom(...Object.keys(BODIES)), async (target, name) => {
    const { body, encoding, status, unit } = BODIES[name]()
    const request = postEvents(body, encoding === undefined ? {} : { 'content-encoding': encoding })
    const reply = await ask(target, request)
    const limit = (reply.json as { limit?: { unit?: string } } | undefined)?.limit?.unit
    return [
      ...responseViolations(request, reply),
      ...(reply.status === status ? [] : [`${name} got ${reply.status} instead of ${status}`]),
      ...(limit === unit ? [] : [`${name} passed the limit of ${limit} instead of ${unit}`])
    ]
  })
]
