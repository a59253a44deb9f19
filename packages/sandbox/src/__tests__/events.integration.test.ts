import { LIMITS, type EventResults, type Problem } from '@tractionboard/contract'
import { createConnection } from 'node:net'
import { gzipSync } from 'node:zlib'
import { contract } from '../contract'
import type { HttpResponse } from '@tractionboard/testing/conformity'
import { on, sized } from './support/events'
import { call, sendEvents } from './support/http'
import { useSandbox } from './support/sandbox'

const sandbox = useSandbox()

const results = (reply: HttpResponse) => (reply.json as EventResults).results
const problem = (reply: HttpResponse) => reply.json as Problem

const post = (body: string | Buffer, headers?: Record<string, string>) =>
  call(sandbox(), 'POST', '/v1/events', { body: Buffer.from(body), headers })

/** A body of so many bytes, of events that are all within their own limit. */
const bodyOf = (bytes: number): Buffer => {
  const count = Math.floor(bytes / LIMITS.maxEventBytes) - 1
  const events = Array.from({ length: count }, (_none, index) =>
    JSON.stringify(sized(LIMITS.maxEventBytes - 100, `e${index}`))
  )
  const open = `{"events":[${events.join(',')},`
  const rest = bytes - Buffer.byteLength(open) - Buffer.byteLength(']}')
  const half = Math.floor(rest / 2)
  return Buffer.from(`${open}${JSON.stringify(sized(half, 'x'))},${JSON.stringify(sized(rest - half - 1, 'y'))}]}`)
}

describe('POST /v1/events', () => {
  it('accepts events', async () => {
    const reply = await sendEvents(sandbox(), [on(1, 'visit', { anonymous: 'a', id: 'm1' })])
    expect(reply).toMatchObject({
      status: 200,
      json: { accepted: 1, duplicates: 0, rejected: 0, results: [{ index: 0, id: 'm1', status: 'accepted' }] }
    })
  })

  it.each(Object.entries(contract().paths['/v1/events'].post.requestBody?.content['application/json'].examples ?? {}))(
    'accepts the events of the contract (%s)',
    async (_name, { value }) => {
      const reply = await sendEvents(sandbox(), (value as { events: unknown[] }).events)
      expect(reply.status).toBe(200)
    }
  )

  it('responds with 207 if only some events are valid', async () => {
    const reply = await sendEvents(sandbox(), [on(1, 'visit', { anonymous: 'a', id: 'm1' }), { id: 'm2' }])
    expect(reply).toMatchObject({ status: 207, json: { accepted: 1, duplicates: 0, rejected: 1 } })
  })

  it('responds with 422 if no event is valid', async () => {
    const reply = await sendEvents(sandbox(), [{ id: 'm1' }, 'nonsense'])
    expect(reply).toMatchObject({ status: 422, json: { accepted: 0, duplicates: 0, rejected: 2 } })
  })

  it('gives one result an event, in their order', async () => {
    const reply = await sendEvents(sandbox(), [{ id: 'm1' }, on(1, 'login', { user: 'u', id: 'm2' }), 7, { id: 8 }])
    expect(results(reply).map(({ index, id, status }) => [index, id, status])).toEqual([
      [0, 'm1', 'rejected'],
      [1, 'm2', 'accepted'],
      [2, null, 'rejected'],
      [3, null, 'rejected']
    ])
  })

  it('stores nothing of a rejected event', async () => {
    await sendEvents(sandbox(), [{ ...on(1, 'payment', { user: 'u' }), amount: -1 }])
    expect(sandbox().dashboard()).toMatchObject({ users: 0, earnings: {} })
  })
})

describe('the same event', () => {
  const payment = on(1, 'payment', { user: 'u', id: 'm1', properties: { a: 1, b: [1, { c: 2, d: 3 }] } })

  it('is a duplicate when it is sent again', async () => {
    await sendEvents(sandbox(), [payment])
    expect((await sendEvents(sandbox(), [payment])).json).toMatchObject({ accepted: 0, duplicates: 1, rejected: 0 })
  })

  it('gets 200 when it is sent again', async () => {
    await sendEvents(sandbox(), [payment])
    expect((await sendEvents(sandbox(), [payment])).status).toBe(200)
  })

  it('is counted once', async () => {
    await sendEvents(sandbox(), [payment])
    await sendEvents(sandbox(), [payment])
    expect(sandbox().dashboard().earnings).toStrictEqual({ USD: '10.00' })
  })

  it('is a duplicate with its members in another order', async () => {
    await sendEvents(sandbox(), [payment])
    const reordered = Object.fromEntries(
      Object.entries({ ...payment, properties: { b: [1, { d: 3, c: 2 }], a: 1 } }).reverse()
    )
    expect(results(await sendEvents(sandbox(), [reordered]))).toStrictEqual([
      { index: 0, id: 'm1', status: 'duplicate' }
    ])
  })

  it('is a duplicate within one request', async () => {
    const reply = await sendEvents(sandbox(), [payment, payment])
    expect(results(reply).map(({ status }) => status)).toEqual(['accepted', 'duplicate'])
  })

  it.each([
    ['time', { occurred_at: '2026-01-05T12:00:00Z' }],
    ['context', { context: { ip: '203.0.113.7' } }]
  ])('is a duplicate with another %s', async (_what, other) => {
    await sendEvents(sandbox(), [payment])
    expect((await sendEvents(sandbox(), [{ ...payment, ...other }])).json).toMatchObject({ duplicates: 1 })
  })

  it.each([
    ['external_user_id', { external_user_id: 'other' }],
    ['anonymous_id', { anonymous_id: 'a' }],
    ['currency', { currency: 'EUR' }],
    ['properties', { properties: {} }]
  ])('is a conflict with another %s', async (_what, other) => {
    await sendEvents(sandbox(), [payment])
    expect(results(await sendEvents(sandbox(), [{ ...payment, ...other }]))).toMatchObject([
      { error: { code: 'conflict' } }
    ])
  })

  it.each([
    ['name', on(1, 'visit', { user: 'u', id: 'm1' }), { name: 'Home' }],
    ['category', on(1, 'visit', { user: 'u', id: 'm1' }), { category: 'Docs' }],
    ['channel', on(1, 'visit', { user: 'u', id: 'm1' }), { channel: 'screen' }],
    ['previous_id', on(1, 'alias', { user: 'u', id: 'm1', previous_id: 'old' }), { previous_id: 'older' }],
    ['attributes', on(1, 'attribute', { user: 'u', id: 'm1' }), { attributes: { a: 1 } }]
  ])('is a conflict with another %s', async (_what, event, other) => {
    await sendEvents(sandbox(), [event])
    expect(results(await sendEvents(sandbox(), [{ ...event, ...other }]))).toMatchObject([
      { error: { code: 'conflict' } }
    ])
  })

  it.each(['url', 'path', 'title', 'referrer', 'search'])(
    'is a duplicate if it is a visit whose properties differ only in %s, which its page may have',
    async (part) => {
      const visit = on(1, 'visit', { user: 'u', id: 'm1' })
      const copies = [visit, ...['a', 'b'].map((value) => ({ ...visit, properties: { [part]: value } }))]
      expect((await sendEvents(sandbox(), copies)).json).toMatchObject({ accepted: 1, duplicates: 2 })
    }
  )

  it('is a conflict if it is a visit with another property besides those of its page', async () => {
    const visit = on(1, 'visit', { user: 'u', id: 'm1' })
    const copies = ['a', 'b'].map((plan) => ({ ...visit, properties: { url: '/', plan } }))
    expect((await sendEvents(sandbox(), copies)).json).toMatchObject({ accepted: 1, rejected: 1 })
  })

  it('is a conflict if it is no visit, and its properties differ in a part of a page', async () => {
    const copies = ['a', 'b'].map((title) => ({ ...payment, properties: { title } }))
    expect((await sendEvents(sandbox(), copies)).json).toMatchObject({ accepted: 1, rejected: 1 })
  })

  const copy = (occurred_at: string, source?: string) => ({
    ...payment,
    occurred_at,
    ...(source !== undefined && { context: { campaign: { source } } })
  })
  it.each([
    ['the earlier time', copy('2026-01-01T00:00:00+02:00', 'z'), copy('2025-12-31T23:00:00Z', 'a'), 'z'],
    [
      'the earlier nanosecond',
      copy('2026-01-01T00:00:00.000000001Z', 'z'),
      copy('2026-01-01T00:00:00.000000002Z', 'a'),
      'z'
    ],
    ['the smaller context', copy('2026-01-01T00:00:00Z', 'a'), copy('2026-01-01T01:00:00+01:00', 'b'), 'a'],
    ['no context', copy('2026-01-01T00:00:00Z'), copy('2026-01-01T00:00:00Z', 'a'), undefined]
  ])('counts with %s, in whatever order its copies arrive', async (_what, counts, other, source) => {
    const sourceAfter = async (...copies: object[]) => {
      sandbox().reset()
      for (const each of copies) await sendEvents(sandbox(), [each])
      const touch = sandbox().users()[0].first_touch
      return touch.kind === 'campaign' ? touch.source : undefined
    }
    expect([await sourceAfter(counts, other), await sourceAfter(other, counts)]).toEqual([source, source])
  })

  it('is a conflict with other content', async () => {
    await sendEvents(sandbox(), [payment])
    expect(results(await sendEvents(sandbox(), [{ ...payment, amount: 11 }]))).toEqual([
      {
        index: 0,
        id: 'm1',
        status: 'rejected',
        error: {
          code: 'conflict',
          field: 'id',
          message:
            'An event of type payment with this id was accepted before with other content. Send a correction under an id of its own.',
          retryable: false
        }
      }
    ])
  })

  it('is a conflict with a list in another order', async () => {
    await sendEvents(sandbox(), [payment])
    const reply = await sendEvents(sandbox(), [{ ...payment, properties: { a: 1, b: [{ c: 2, d: 3 }, 1] } }])
    expect(results(reply)).toMatchObject([{ error: { code: 'conflict' } }])
  })

  it('is a conflict with other content within one request', async () => {
    const reply = await sendEvents(sandbox(), [payment, { ...payment, amount: 11 }])
    expect(results(reply)).toMatchObject([{ status: 'accepted' }, { error: { code: 'conflict' } }])
  })

  it('keeps its first content after a conflict', async () => {
    await sendEvents(sandbox(), [payment, { ...payment, amount: 11 }])
    expect(sandbox().dashboard().earnings).toStrictEqual({ USD: '10.00' })
  })

  it('may have the id of an event of another type', async () => {
    const reply = await sendEvents(sandbox(), [payment, on(1, 'event', { user: 'u', id: 'm1' })])
    expect(reply.json).toMatchObject({ accepted: 2 })
  })

  it.each(['__proto__', 'constructor'])('may have the id %s', async (id) => {
    await sendEvents(sandbox(), [{ ...payment, id }])
    expect((await sendEvents(sandbox(), [{ ...payment, id }])).json).toMatchObject({ duplicates: 1 })
  })

  it('is new after a rejection', async () => {
    await sendEvents(sandbox(), [{ ...payment, amount: 'x' }])
    expect((await sendEvents(sandbox(), [payment])).json).toMatchObject({ accepted: 1 })
  })
})

describe('a batch', () => {
  const visits = (count: number) =>
    Array.from({ length: count }, (_none, index) => on(1, 'visit', { anonymous: 'a', id: `m${index}` }))

  it('may have as many events as the limit', async () => {
    expect((await sendEvents(sandbox(), visits(LIMITS.maxEvents))).json).toMatchObject({ accepted: LIMITS.maxEvents })
  })

  it('may not have one event more', async () => {
    const reply = await sendEvents(sandbox(), visits(LIMITS.maxEvents + 1))
    expect(problem(reply).limit).toEqual({ unit: 'events', maximum: LIMITS.maxEvents })
  })

  it('may be as large as the limit', async () => {
    const body = bodyOf(LIMITS.maxRequestBytes)
    expect([body.length, (await post(body)).status]).toEqual([LIMITS.maxRequestBytes, 200])
  })

  it('may not be one byte larger', async () => {
    const reply = await post(bodyOf(LIMITS.maxRequestBytes + 1))
    expect(problem(reply)).toMatchObject({ status: 413, limit: { unit: 'bytes', maximum: LIMITS.maxRequestBytes } })
  })

  it('stores nothing if it is too large', async () => {
    await sendEvents(sandbox(), visits(LIMITS.maxEvents + 1))
    expect(sandbox().dashboard().visits).toBe(0)
  })

  it('may be compressed by gzip', async () => {
    const reply = await post(gzipSync(bodyOf(LIMITS.maxRequestBytes)), { 'content-encoding': 'gzip' })
    expect(reply.status).toBe(200)
  })

  it('may not be larger than the limit when it is inflated', async () => {
    const reply = await post(gzipSync(bodyOf(LIMITS.maxRequestBytes + 1)), { 'content-encoding': 'gzip' })
    expect(problem(reply)).toMatchObject({ status: 413, limit: { unit: 'bytes' } })
  })

  it('may not be damaged gzip', async () => {
    const reply = await post('{"events":[]}', { 'content-encoding': 'gzip' })
    expect(reply.status).toBe(400)
  })

  it('accepts an event of the greatest size', async () => {
    expect((await sendEvents(sandbox(), [sized(LIMITS.maxEventBytes)])).json).toMatchObject({ accepted: 1 })
  })

  it('rejects an event that is one byte larger, and no other', async () => {
    const reply = await sendEvents(sandbox(), [sized(LIMITS.maxEventBytes + 1), ...visits(1)])
    expect(results(reply)).toMatchObject([{ error: { code: 'too_large', retryable: false } }, { status: 'accepted' }])
  })

  it('survives JSON that is nested a million times', async () => {
    const deep = `${'['.repeat(1_000_000)}${']'.repeat(1_000_000)}`
    const reply = await post(`{"events":[{"type":"event","id":"m1","properties":{"deep":${deep}}}]}`)
    expect(results(reply)).toMatchObject([{ id: 'm1', error: { code: 'invalid', field: null, retryable: false } }])
  })

  it('that ends too early has no status in the journal', async () => {
    const socket = createConnection(Number(new URL(sandbox().origin).port), '127.0.0.1')
    const head = `Host: localhost\r\nAuthorization: Bearer ${sandbox().token}\r\nContent-Type: application/json\r\n`
    socket.write(`POST /v1/events HTTP/1.1\r\n${head}Content-Length: 100\r\n\r\n{"events":`)
    await new Promise((resolve) => setTimeout(resolve, 50))
    socket.destroy()
    while (sandbox().journal().length === 0) await new Promise((resolve) => setTimeout(resolve, 5))
    expect(sandbox().journal()).toMatchObject([{ path: '/v1/events', status: null, counts: null }])
  })

  it.each([
    ['is no JSON', '{"events":[', 'The body is not JSON. Send JSON in UTF-8.'],
    ['is empty', '', 'The body is not JSON. Send JSON in UTF-8.'],
    ['is not UTF-8', Buffer.from('{"é":1}', 'latin1'), 'The body is not JSON. Send JSON in UTF-8.'],
    ['is a list', '[]', 'The request is not an object. Send an object.'],
    ['is a string', '"events"', 'The request is not an object. Send an object.'],
    ['is null', 'null', 'The request is not an object. Send an object.'],
    ['has no events', '{}', 'events is missing from the request. Add it.'],
    [
      'has a list without events',
      '{"events":[]}',
      'events of the request has too few items: the least is 1. Add some.'
    ],
    ['has events that are no list', '{"events":{}}', 'events of the request is not a list. Send a list.'],
    [
      'has an unknown member',
      '{"events":[1],"sent_at":"x"}',
      'sent_at of the request is not a known field. Remove it, or correct its name.'
    ]
  ])('gets 400 if it %s', async (_what, body, detail) => {
    const { status, detail: actual } = problem(await post(body))
    expect([status, actual]).toEqual([400, expect.stringContaining(detail)])
  })

  it.each([
    ['another content type', { 'content-type': 'text/plain' }],
    ['no content type', { 'content-type': '' }],
    ['an unknown encoding', { 'content-encoding': 'lzma' }]
  ])('gets 415 for %s', async (_what, headers) => {
    expect((await post('{}', headers)).status).toBe(415)
  })

  it('may name its charset', async () => {
    const body = JSON.stringify({ events: visits(1) })
    expect((await post(body, { 'content-type': 'Application/JSON; charset=utf-8' })).status).toBe(200)
  })
})
