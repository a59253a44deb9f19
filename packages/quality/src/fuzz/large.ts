import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { LIMITS } from '@tractionboard/contract'
import { wrongWith } from './checks'
import { ask, posted } from './http'
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

/** A request of exactly so many bytes, with small events and blanks after them. */
function sized(bytes: number): Buffer {
  const body = Buffer.alloc(bytes, ' ')
  body.write(JSON.stringify({ events: [event(0)] }))
  return body
}

/** Bodies at the limits and far beyond them, with the status that they must get. */
const LARGE: Record<string, () => { body: Buffer; encoding?: string; status: number; unit?: string }> = {
  'as many bytes as there may be': () => ({ body: sized(LIMITS.maxRequestBytes), status: 200 }),
  'a byte too many': () => ({ body: sized(LIMITS.maxRequestBytes + 1), status: 413, unit: 'bytes' }),
  'twice as many bytes': () => ({ body: sized(2 * LIMITS.maxRequestBytes), status: 413, unit: 'bytes' }),
  'as many bytes as there may be, compressed': () => ({
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
  'as many events as there may be': () => ({ body: many(LIMITS.maxEvents), status: 200 }),
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

/** Requests at the limits of what may be sent. */
export const LARGE_KINDS = [
  kind('requests at the limits', 4, fc.constantFrom(...Object.keys(LARGE)), async (target, name) => {
    const { body, encoding, status, unit } = LARGE[name]()
    const asked = posted(body, encoding === undefined ? {} : { 'content-encoding': encoding })
    const reply = await ask(target, asked)
    const limit = (reply.json as { limit?: { unit?: string } } | undefined)?.limit?.unit
    return [
      ...wrongWith(asked, reply),
      ...(reply.status === status ? [] : [`${name} was answered with ${reply.status} instead of ${status}`]),
      ...(limit === unit ? [] : [`${name} passed the limit of ${limit} instead of ${unit}`])
    ]
  })
]
