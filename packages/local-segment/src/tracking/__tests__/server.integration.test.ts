import { once } from 'node:events'
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import type { SegmentEvent } from '@segment/actions-core'
import { createTrackingServer, type TrackingServer } from '..'
import type { AcceptNotes, Trace } from '../../platform'
import { readArchives } from '../../sources'

type Taken = { call: SegmentEvent } & AcceptNotes

const taken: Taken[] = []
const platform = {
  accept: (call: SegmentEvent, notes: AcceptNotes = {}) => {
    taken.push({ call, ...notes })
    return {} as Trace
  }
}
const folder = mkdtempSync(join(tmpdir(), 'tracking-'))
let tracking: TrackingServer

beforeAll(async () => {
  tracking = await createTrackingServer({ platform, requestTimeoutMs: 400 })
})
beforeEach(() => {
  taken.length = 0
})
afterAll(async () => {
  await tracking.close()
  rmSync(folder, { recursive: true })
})

const KEY = { authorization: `Basic ${Buffer.from('key:').toString('base64')}` }

async function post(path: string, body: unknown, headers: Record<string, string> = KEY, to = tracking) {
  const sent = typeof body === 'string' || body instanceof Uint8Array ? body : JSON.stringify(body)
  const response = await fetch(`${to.origin}${path}`, { method: 'POST', headers, body: sent as BodyInit })
  return { status: response.status, body: (await response.json()) as unknown }
}

const SUCCESS = { status: 200, body: { success: true } }

let lastId = 0
const call = (more: object = {}) => ({
  type: 'track',
  event: 'Seen',
  userId: 'u1',
  messageId: `m${(lastId += 1)}`,
  ...more
})

describe('createTrackingServer', () => {
  it.each([
    ['track', 'track'],
    ['identify', 'identify'],
    ['page', 'page'],
    ['screen', 'screen'],
    ['t', 'track'],
    ['i', 'identify'],
    ['p', 'page'],
    ['s', 'screen']
  ])('takes a call at /v1/%s', async (path, type) => {
    expect(await post(`/v1/${path}`, call({ type: undefined }))).toEqual(SUCCESS)
    expect(taken).toMatchObject([{ call: { type, userId: 'u1' } }])
    expect(taken[0].stoppedBy).toBeUndefined()
  })

  it.each(['batch', 'b', 'import'])('takes calls at /v1/%s with what the batch says of all', async (path) => {
    const body = {
      batch: [call({ context: { ip: '1.2.3.4', page: { url: 'x' } }, integrations: { A: true } }), call()],
      context: { ip: '9.9.9.9', page: { title: 'y' } },
      integrations: { A: false, B: false },
      sentAt: '2026-03-02T10:00:00.000Z'
    }
    expect(await post(`/v1/${path}`, body)).toEqual(SUCCESS)
    expect(taken).toMatchObject([
      {
        call: {
          context: { ip: '1.2.3.4', page: { url: 'x', title: 'y' } },
          integrations: { A: true, B: false },
          sentAt: body.sentAt
        }
      },
      { call: { context: body.context, integrations: body.integrations } }
    ])
  })

  it.each([
    ['group', { groupId: 'g' }],
    ['g', { groupId: 'g' }],
    ['alias', { previousId: 'p' }],
    ['a', { previousId: 'p' }]
  ])('takes a call at /v1/%s that has what its type needs', async (path, more) => {
    expect(await post(`/v1/${path}`, { userId: 'u1', ...more })).toEqual(SUCCESS)
    expect(taken[0].stoppedBy).toBeUndefined()
  })

  it('takes the write key from the body, and no call without one', async () => {
    expect(await post('/v1/track', call({ writeKey: 'key' }), {})).toEqual(SUCCESS)
    expect(taken[0].call).not.toHaveProperty('writeKey')
    expect(await post('/v1/batch', { batch: [call()], writeKey: 'key' }, {})).toEqual(SUCCESS)
    for (const authorization of ['', 'Basic Og==', 'Bearer x']) {
      expect(await post('/v1/track', call(), { authorization })).toMatchObject({
        status: 401,
        body: { success: false }
      })
    }
    expect(taken).toHaveLength(2)
  })

  it.each([
    ['with Content-Encoding', { 'content-encoding': 'gzip' }],
    ['as a form', { 'content-type': 'application/x-www-form-urlencoded' }]
  ])('reads gzip: %s', async (_, headers) => {
    const bytes = gzipSync(JSON.stringify({ batch: [call()] }))
    expect(await post('/v1/batch', bytes, { ...KEY, ...headers })).toEqual(SUCCESS)
    expect(taken).toHaveLength(1)
  })

  it.each([
    ['no id', 'track', { userId: '' }, 'no userId'],
    ['a track call without an event', 'track', { event: undefined }, 'no event'],
    ['a group call without a group', 'group', {}, 'no groupId'],
    ['an alias call without the old id', 'alias', {}, 'no previousId']
  ])('answers 200 to a call that Segment drops, and says why in its trace: %s', async (_, type, more, why) => {
    expect(await post(`/v1/${type}`, call(more))).toEqual(SUCCESS)
    expect(taken[0].stoppedBy).toContain(why)
  })

  it('drops calls of a batch that have an unknown type, are too large, or are too many', async () => {
    const batch = [
      call({ type: 'tracked' }),
      call({ properties: { text: 'x'.repeat(33_000) } }),
      ...Array.from({ length: 2500 }, () => call({ context: undefined }))
    ]
    expect(await post('/v1/batch', { batch })).toEqual(SUCCESS)
    const reasons = taken.map(({ stoppedBy }) => stoppedBy)
    expect(reasons.slice(0, 3)).toEqual([expect.stringContaining('type'), expect.stringContaining('32 KB'), undefined])
    expect(reasons.slice(2499)).toEqual([undefined, expect.stringContaining('2,500'), expect.stringContaining('2,500')])
  })

  it('takes a call with the same messageId once, of each source', async () => {
    const twice = call()
    await post('/v1/batch', { batch: [twice, twice] })
    await post('/v1/track', twice)
    await post('/v1/track', { ...twice, writeKey: 'other' }, {})
    expect(taken.map(({ stoppedBy }) => stoppedBy !== undefined)).toEqual([false, true, true, false])
  })

  it.each([
    ['no JSON', '/v1/track', '{"event":', 'Invalid JSON'],
    ['damaged gzip', '/v1/batch', Buffer.from([0x1f, 0x8b, 8, 0, 1, 2, 3]), 'Invalid JSON'],
    ['a list', '/v1/track', [], 'not a JSON object'],
    ['no batch', '/v1/batch', { batch: {} }, 'no batch'],
    ['a batch of texts', '/v1/batch', { batch: ['x'] }, 'no batch'],
    ['deep nesting', '/v1/batch', `{"batch":[${'{"a":'.repeat(50_000)}1${'}'.repeat(50_000)}]}`, 'Invalid JSON'],
    ['a call of more than 32 KB', '/v1/track', call({ properties: { text: 'x'.repeat(33_000) } }), 'Exceed'],
    ['a batch of more than 500 KB', '/v1/batch', { batch: [call({ text: 'x'.repeat(520_000) })] }, 'Exceed'],
    ['a call of 4 MB', '/v1/track', call({ text: 'x'.repeat(4_000_000) }), 'Exceed'],
    ['gzip that becomes 100 MB', '/v1/batch', gzipSync(Buffer.alloc(100_000_000)), 'Exceed']
  ])('refuses %s with 400', async (_, path, body, message) => {
    expect(await post(path, body)).toMatchObject({
      status: 400,
      body: { success: false, message: expect.stringContaining(message) as string }
    })
    expect(taken).toHaveLength(0)
  })

  it('keeps __proto__ a member like any other', async () => {
    const body = `{"batch":[{"type":"identify","userId":"u1","messageId":"p1","traits":{"__proto__":{"polluted":1}},"context":{"__proto__":{"polluted":1}}}],"context":{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}}`
    expect(await post('/v1/batch', body)).toEqual(SUCCESS)
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined()
  })

  it('ends a request whose body does not come', async () => {
    const socket = connect(Number(new URL(tracking.origin).port), '127.0.0.1')
    socket.write('POST /v1/track HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{')
    let answer = ''
    socket.on('data', (bytes: Buffer) => (answer += bytes.toString()))
    await once(socket, 'close')
    expect(answer).toMatch(/^HTTP\/1.1 408/)
  })

  it('lets pages of any origin send calls', async () => {
    const response = await fetch(`${tracking.origin}/v1/t`, {
      method: 'OPTIONS',
      headers: { origin: 'http://shop.example', 'access-control-request-headers': 'content-type' }
    })
    expect(response.status).toBe(204)
    expect(response.headers.get('access-control-allow-origin')).toBe('*')
    expect(response.headers.get('access-control-allow-headers')).toBe('content-type')
  })

  it('takes the metrics of libraries, and has nothing at other addresses', async () => {
    expect(await post('/v1/m', { series: [] })).toEqual(SUCCESS)
    expect(await post('/v2/track', call())).toMatchObject({ status: 404 })
    expect((await fetch(`${tracking.origin}/v1/track`)).status).toBe(405)
    expect(taken).toHaveLength(0)
  })

  it("serves Segment's browser library and its settings", async () => {
    const script = await (await fetch(`${tracking.origin}/analytics.js/v1/key/analytics.min.js`)).text()
    expect(script.split('\n', 1)[0]).toContain(`_cdn="${tracking.origin}"`)
    const settings: unknown = await (await fetch(`${tracking.origin}/v1/projects/key/settings`)).json()
    expect(settings).toMatchObject({
      integrations: {
        'Segment.io': { apiKey: 'key', apiHost: `${tracking.origin.slice('http://'.length)}/v1`, protocol: 'http' }
      },
      metrics: { sampleRate: 0 }
    })
    const [bundle] = /queryString\.bundle\.\w+\.js/.exec(
      readdirSync(join(require.resolve('@segment/analytics-next/package.json'), '..', 'dist', 'umd')).join(' ')
    ) as RegExpExecArray
    expect((await fetch(`${tracking.origin}/analytics-next/bundles/${bundle}`)).status).toBe(200)
    expect((await fetch(`${tracking.origin}/analytics-next/bundles/..%2Fpackage.json`)).status).toBe(404)
  })

  it('says which option to change when the port is taken', async () => {
    const port = Number(new URL(tracking.origin).port)
    await expect(createTrackingServer({ platform, port })).rejects.toThrow(`Port ${port} of 127.0.0.1 is taken`)
  })
})

describe('createTrackingServer with recordDir', () => {
  const record = (recordDir: string) => createTrackingServer({ platform, recordDir })

  it("writes an archive in Segment's layout that can be read at any time, without what Segment drops", async () => {
    const recordDir = join(folder, 'recorded')
    const recording = await record(recordDir)
    const batch = [call({ messageId: 'r1' }), call({ messageId: 'r1' }), call({ messageId: 'r2', userId: '' })]
    await post('/v1/batch', { batch }, KEY, recording)
    await post('/v1/track', call({ messageId: 'r3' }), KEY, recording)
    const lines = []
    for await (const entries of readArchives([recordDir])) lines.push(entries)
    await recording.close()
    expect(lines.flat()).toMatchObject([{ call: taken[0].call }, { call: { messageId: 'r3' } }])
    expect(readdirSync(join(recordDir, 'segment-logs', 'key'))).toEqual([
      String(Date.parse(new Date().toISOString().slice(0, 10)))
    ])
  })

  it('keeps the names of folders in the folder', async () => {
    const recordDir = join(folder, 'safe')
    const recording = await record(recordDir)
    await post('/v1/track', call({ writeKey: '../../outside' }), {}, recording)
    await recording.close()
    expect(readdirSync(join(recordDir, 'segment-logs'))).toEqual(['______outside'])
  })

  it('takes no call that it cannot write down, so that the client sends it again', async () => {
    const recordDir = join(folder, 'blocked')
    writeFileSync(recordDir, '')
    const recording = await record(recordDir)
    const again = call()
    expect(await post('/v1/track', again, KEY, recording)).toMatchObject({ status: 500, body: { success: false } })
    expect(taken).toHaveLength(0)
    rmSync(recordDir)
    expect(await post('/v1/track', again, KEY, recording)).toEqual(SUCCESS)
    expect(existsSync(recordDir)).toBe(true)
    await recording.close()
  })
})
