import { request } from 'node:http'
import type { CallDetail, CallPreview, ConsoleState, TestRun } from '../api-types'
import { type OpenConsole, openConsole } from './support/open-console'

const TOKEN = 'a_secret_token'
const PAYMENT = { type: 'track', event: 'Payment Made', userId: 'u1', properties: { revenue: 49, currency: 'EUR' } }

let opened: OpenConsole

beforeAll(async () => {
  opened = await openConsole(TOKEN)
}, 60_000)

afterAll(() => opened.close())

/** Sends a request with any headers, which fetch would not. */
function send(
  path: string,
  { method = 'GET', headers = {}, body = '' } = {}
): Promise<{ status: number; text: string }> {
  const { hostname, port } = new URL(opened.origin)
  return new Promise((resolve, reject) => {
    const sent = request({ hostname, port, path, method, headers }, (response) => {
      let text = ''
      response.setEncoding('utf8').on('data', (chunk: string) => (text += chunk))
      response.on('end', () => resolve({ status: response.statusCode ?? 0, text }))
    })
    sent.on('error', reject).end(body)
  })
}

async function api<T>(path: string, body?: unknown, method = 'POST'): Promise<T> {
  const headers = { 'content-type': 'application/json' }
  const options = body === undefined ? {} : { method, headers, body: JSON.stringify(body) }
  const response = await fetch(`${opened.origin}/api/${path}`, options)
  return (await response.json()) as T
}

describe('the console', () => {
  it.each([
    ['a name of its own that points here', { host: 'evil.example.com' }],
    ['another port', { host: '127.0.0.1:1' }],
    ['a form or script of another page', { origin: 'http://evil.example.com' }],
    ['a sandboxed frame', { origin: 'null' }],
    ['an image of another page', { 'sec-fetch-site': 'cross-site' }],
    ['a page on another port', { 'sec-fetch-site': 'same-site' }]
  ])('refuses what comes by %s', async (_from, headers) => {
    for (const path of ['/', '/api/state', '/api/live', '/demo/shop']) {
      expect(await send(path, { headers })).toMatchObject({ status: 403 })
    }
  })

  it('answers under both names of this machine', async () => {
    const { port } = new URL(opened.origin)
    expect(await send('/api/state', { headers: { host: `localhost:${port}` } })).toMatchObject({ status: 200 })
    expect(await send('/api/state')).toMatchObject({ status: 200 })
  })

  it.each(['/', '/live/1', '/api/state', '/nothing'])('has a strict policy on %s', async (path) => {
    const { headers } = await fetch(opened.origin + path)
    const policy = String(headers.get('content-security-policy'))
    expect(policy).toContain("default-src 'none'")
    expect(policy).toContain("connect-src 'self';")
    expect(policy).not.toMatch(/unsafe/)
    expect(headers.get('access-control-allow-origin')).toBeNull()
  })

  it.each([
    '/../package.json',
    '/assets/..%2f..%2fpackage.json',
    '/api/toString',
    '/api/__proto__',
    '/api/calls/constructor'
  ])('has nothing at %s', async (path) => {
    expect(await send(path)).toMatchObject({ status: 404 })
  })

  it('shows the token in no answer', async () => {
    await api<TestRun[]>('test', { call: PAYMENT, way: 'both' })
    await api<TestRun[]>('test', { call: { ...PAYMENT, userId: 'u2' }, way: 'batch' })
    const paths = ['state', 'calls/1', 'mappings', 'panel', 'users', 'users/u2', 'faults']
    const answers = await Promise.all(paths.map((path) => send(`/api/${path}`)))
    expect(answers.map(({ status }) => status)).toEqual(paths.map(() => 200))
    expect(answers.map(({ text }) => text).join()).not.toContain(TOKEN)
  })

  it.each([
    ['no JSON', '{', 'application/json', 400],
    ['another content type, as a form could have', '{}', 'text/plain', 415],
    ['more than 5 MB', ' '.repeat(5_000_001), 'application/json', 413]
  ])('refuses a body that has %s', async (_what, body, type, status) => {
    const headers = { 'content-type': type, 'content-length': String(body.length) }
    const answer = await send('/api/preview', { method: 'POST', headers, body })
    expect(answer.status).toBe(status)
    expect(JSON.parse(answer.text)).toEqual({ message: expect.any(String) as string })
  })

  it('tells what a definition has', async () => {
    const { name, actions, sandboxUrl } = await api<ConsoleState>('state')
    expect({ name, sandboxUrl }).toEqual({ name: 'Tractionboard (Actions)', sandboxUrl: opened.sandbox.origin })
    expect(actions.find(({ title }) => title === 'Track Payment')?.fields).toContainEqual(
      expect.objectContaining({ key: 'amount', required: true })
    )
  })
})

describe('a preview', () => {
  it('says which condition does not hold and where values come from', async () => {
    const { mappings } = await api<CallPreview>('preview', { call: PAYMENT })
    const byName = new Map(mappings.map((mapping) => [mapping.name, mapping]))
    expect(byName.get('Payments')?.fields).toContainEqual(
      expect.objectContaining({ field: 'amount', value: '49', from: ['$.properties.revenue'] })
    )
    expect(byName.get('Refunds')?.explanation.matches).toBe(false)
  })

  it('points out a name that is nearly right', async () => {
    const { nearMisses } = await api<CallPreview>('preview', { call: { ...PAYMENT, event: 'payment_made' } })
    expect(nearMisses).toEqual([expect.stringContaining('looks like "Payment Made"')])
  })

  it('tries a mapping that is not saved', async () => {
    const [saved] = (await api<{ data: { subscriptions: object[] } }>('mappings')).data.subscriptions
    const draft = { ...saved, trigger: 'type = "track"' }
    const { mappings } = await api<CallPreview>('preview', { call: PAYMENT, mappings: [draft] })
    expect(mappings.map(({ explanation }) => explanation.matches)).toEqual([true])
  })
})

describe('a test call', () => {
  it('is counted once, with the user before and after', async () => {
    const call = { ...PAYMENT, userId: 'counted', messageId: 'counted-1' }
    const [first] = await api<TestRun[]>('test', { call, way: 'batch' })
    expect(first.detail.user).toMatchObject({ before: null, after: { earnings: { EUR: '49.00' } } })
    const [second] = await api<TestRun[]>('test', { call, way: 'alone' })
    expect(second.detail.trace.mappings.filter(({ matches }) => matches).map(({ status }) => status)).toEqual([
      'duplicate'
    ])
    expect(opened.sandbox.user('counted')?.earnings).toEqual({ EUR: '49.00' })
  })

  it('has the same verdict both ways, and is not counted', async () => {
    const call = { ...PAYMENT, userId: 'both' }
    const runs = await api<TestRun[]>('test', { call, way: 'both' })
    const statuses = runs.map(({ detail }) => detail.trace.mappings.find(({ matches }) => matches)?.status)
    expect(runs.map(({ way }) => way)).toEqual(['alone', 'batch'])
    expect(statuses).toEqual(['accepted', 'accepted'])
    expect(opened.sandbox.user('both')).toBeUndefined()
  })

  it('that is rejected says why', async () => {
    const call = { ...PAYMENT, properties: { revenue: 'a lot' } }
    const [{ detail }] = await api<TestRun[]>('test', { call, way: 'batch' })
    expect(detail.trace.mappings.find(({ matches }) => matches)).toMatchObject({
      status: 'rejected',
      reason: expect.stringMatching(/amount/i) as string
    })
  })
})

describe('mappings', () => {
  it('that are saved explain old calls as they were', async () => {
    const [{ detail }] = await api<TestRun[]>('test', { call: { ...PAYMENT, userId: 'old' }, way: 'batch' })
    const { data } = await api<{ data: { subscriptions: { name: string; enabled: boolean }[] } }>('mappings')
    const changed = data.subscriptions.map((each) => ({ ...each, enabled: each.name !== 'Payments' }))
    await api('mappings', { data: { subscriptions: changed } }, 'PUT')
    const [after] = await api<TestRun[]>('test', { call: { ...PAYMENT, userId: 'new' }, way: 'batch' })
    const old = await api<CallDetail>(`calls/${detail.trace.id}`)
    await api('mappings/reset', {})
    expect(old.mappings.filter(({ explanation }) => explanation.matches).map(({ name }) => name)).toEqual(['Payments'])
    expect(after.detail.trace.mappings.filter(({ matches }) => matches)).toEqual([])
  })

  it('that cannot be used are named, and change nothing', async () => {
    const before = await api('mappings')
    const bad = [{ name: 'Broken', actionSlug: 'nothing', enabled: true, trigger: 'type = "track"', settings: {} }]
    expect(await api('mappings', bad, 'PUT')).toEqual({ message: expect.stringContaining('Broken') as string })
    expect(await api('mappings')).toEqual(before)
  })
})

describe('the stream of calls', () => {
  /** Reads until the stream has brought a text. */
  async function readUntil(wanted: string, headers = {}): Promise<string> {
    const aborter = new AbortController()
    const response = await fetch(`${opened.origin}/api/live`, { headers, signal: aborter.signal })
    let text = ''
    for await (const chunk of response.body as unknown as AsyncIterable<Uint8Array>) {
      text += Buffer.from(chunk).toString()
      if (text.includes(wanted)) break
    }
    aborter.abort()
    return text
  }

  it('brings what is missing after a break, and everything to who knows nothing', async () => {
    await api('test', { call: { ...PAYMENT, userId: 'before-the-break' }, way: 'batch' })
    const first = await readUntil('before-the-break')
    const lastId = [...first.matchAll(/^id: (.*)$/gm)].at(-1)?.[1]
    await api('test', { call: { ...PAYMENT, userId: 'after-the-break' }, way: 'batch' })

    const rest = await readUntil('after-the-break', { 'last-event-id': lastId })
    expect(rest).not.toContain('before-the-break')
    expect(rest).not.toContain('event: start')
    const anew = await readUntil('after-the-break', { 'last-event-id': 'another-run.7' })
    expect(anew).toContain('event: start')
    expect(anew).toContain('before-the-break')
  })
})
