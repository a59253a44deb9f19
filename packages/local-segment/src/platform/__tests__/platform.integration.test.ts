import type { DestinationDefinition, SegmentEvent } from '@segment/actions-core'
import destination from '@tractionboard/destination'
import { startSandbox, type Sandbox } from '@tractionboard/sandbox'
import { createPlatform, type Platform, type PlatformOptions, type Trace } from '..'
import { withBaseUrl } from '../../with-base-url'

const TIME = '2026-03-02T10:00:00.000Z'
const QUICK_RETRY = { attempts: 4, minTimeoutMs: 5 }

let sandbox: Sandbox
let platform: Platform

beforeAll(async () => {
  sandbox = await startSandbox()
})
beforeEach(() => sandbox.reset())
afterEach(() => platform.close())
afterAll(() => sandbox.close())

type Options = Partial<PlatformOptions<{ tokenId: string }>>

function open(options: Options = {}): Platform {
  const definition = withBaseUrl(destination, sandbox.origin)
  const settings = { tokenId: sandbox.token }
  return (platform = createPlatform({ definition, settings, retry: QUICK_RETRY, batch: { maxWaitMs: 10 }, ...options }))
}

const call = (id: string, more: object = {}): SegmentEvent => ({
  type: 'track',
  event: 'Payment Made',
  userId: 'u1',
  properties: { value: 10 },
  ...more,
  messageId: id,
  timestamp: TIME,
  receivedAt: TIME
})

const payment = ({ mappings }: Trace) => mappings.find(({ action }) => action === 'payment')

describe('createPlatform', () => {
  it('delivers a call under the mapping that matches, and shows the others', async () => {
    const trace = open().accept(call('m1'), { filledIn: ['timestamp'] })
    expect(trace).toMatchObject({ id: 1, receivedAt: TIME, filledIn: ['timestamp'], call: { messageId: 'm1' } })
    expect(payment(trace)).toMatchObject({ matches: true, status: 'waiting', attempts: 0, requests: [] })
    await platform.drain()
    expect(payment(trace)).toMatchObject({ status: 'accepted', attempts: 1 })
    expect(trace.mappings.filter(({ status }) => status === 'not matched')).toHaveLength(platform.mappings.length - 1)
    expect(sandbox.dashboard().earnings).toEqual({ USD: '10.00' })
  })

  it('shows the part of each call in the request and the response of its batch, without the token', async () => {
    open()
    const traces = ['m1', 'm2', 'm3'].map((id) => platform.accept(call(id, id === 'm2' ? { properties: {} } : {})))
    await platform.drain()
    expect(payment(traces[2])?.requests).toMatchObject([
      {
        method: 'POST',
        url: `${sandbox.origin}/v1/events`,
        headers: { 'content-type': 'application/json' },
        body: { events: [{ id: 'm3', amount: 10 }] },
        events: 3,
        status: 200,
        response: { results: [{ id: 'm3', status: 'accepted' }] }
      }
    ])
    // Rejected before anything was sent.
    expect(payment(traces[1])).toMatchObject({ status: 'rejected', reason: /amount/i, requests: [] })
    expect(JSON.stringify(traces)).not.toContain(sandbox.token)
  })

  it('tells a duplicate from a call that was accepted', async () => {
    open().accept(call('m1'))
    await platform.drain()
    const again = platform.accept(call('m1'))
    await platform.drain()
    expect(payment(again)).toMatchObject({ status: 'duplicate' })
  })

  it('sends a call again while the server fails, and says so', async () => {
    sandbox.setFaults({ script: ['server_error', 'drop_after_commit'] })
    const seen = new Set<string>()
    open().on((trace) => seen.add(`${payment(trace)?.status} ${payment(trace)?.attempts}`))
    const trace = platform.accept(call('m1'))
    await platform.drain()
    expect([...seen]).toEqual([
      'waiting 0',
      'sending 1',
      'retrying 1',
      'sending 2',
      'retrying 2',
      'sending 3',
      'accepted 3'
    ])
    expect(payment(trace)?.requests).toMatchObject([
      { error: expect.stringContaining('hang up') as string },
      { status: 200 }
    ])
    expect(sandbox.dashboard().earnings).toEqual({ USD: '10.00' })
  })

  it('gives up after the last attempt, and says why', async () => {
    sandbox.setFaults({ server_error: 1 })
    const trace = open().accept(call('m1'))
    await platform.drain()
    expect(payment(trace)).toMatchObject({
      status: 'given up',
      attempts: 4,
      reason: expect.stringContaining('503') as string
    })
  })

  it('waits as long as Retry-After says', async () => {
    sandbox.setFaults({ script: ['too_many_requests'], retry_after_seconds: 1 })
    const start = Date.now()
    open().accept(call('m1'))
    await platform.drain()
    expect(Date.now() - start).toBeGreaterThanOrEqual(1000)
    expect(sandbox.dashboard().earnings).toEqual({ USD: '10.00' })
  })

  it('tries once more when it is closed, and keeps no process alive', async () => {
    sandbox.setFaults({ script: ['server_error'] })
    open({ retry: { attempts: 9, minTimeoutMs: 60_000 } })
    const trace = platform.accept(call('m1'))
    await new Promise<void>((resolve) => platform.on((trace) => payment(trace)?.status === 'retrying' && resolve()))
    await platform.close()
    expect(payment(trace)).toMatchObject({ status: 'accepted', attempts: 2 })
  })

  it.each([
    ['All', { All: false }, 'The call\'s integrations object has "All": false.'],
    [
      'its name',
      { 'Tractionboard (Actions)': false },
      'The call\'s integrations object has "Tractionboard (Actions)": false.'
    ],
    [
      'the classic name',
      { All: true, Tractionboard: false },
      'The call\'s integrations object has "Tractionboard": false.'
    ],
    ['an object', { All: false, 'Actions Tractionboard': { option: 1 } }, undefined]
  ])('obeys the integrations object: %s', async (_, integrations, stoppedBy) => {
    const trace = open().accept(call('m1', { integrations }))
    await platform.drain()
    expect(trace.stoppedBy).toBe(stoppedBy)
    expect(trace.mappings).toHaveLength(stoppedBy === undefined ? platform.mappings.length : 0)
  })

  it('applies destination filters: those that drop calls, and those that drop properties', async () => {
    open({
      filters: [
        { if: 'type = "track"', actions: [{ type: 'DROP_PROPERTIES', fields: { properties: ['coupon'] } }] },
        { title: 'no tests', if: 'userId = "test"', actions: [{ type: 'DROP' }] }
      ]
    })
    const dropped = platform.accept(call('m1', { userId: 'test' }))
    const kept = platform.accept(call('m2', { event: 'Seen', properties: { coupon: 'X', plan: 'pro' } }))
    await platform.drain()
    expect(dropped).toMatchObject({ stoppedBy: 'The destination filter no tests drops this call.', mappings: [] })
    expect(kept).toMatchObject({ call: { properties: { coupon: 'X' } }, filtered: { properties: { plan: 'pro' } } })
    expect(kept.filtered?.properties).not.toHaveProperty('coupon')
    expect(() => platform.setFilters([{ if: 'type ~ 1', actions: [] }])).toThrow('FQL')
  })

  it('uses new mappings for the calls that follow', async () => {
    open().accept(call('m1'))
    platform.setMappings(platform.mappings.filter(({ partnerAction }) => partnerAction !== 'payment'))
    const trace = platform.accept(call('m2'))
    await platform.drain()
    expect(payment(trace)).toBeUndefined()
    expect(sandbox.dashboard().earnings).toEqual({ USD: '10.00' })
  })

  it('gives the traces that changed since a version', async () => {
    open()
    const [first, second] = [platform.accept(call('m1')), platform.accept(call('m2', { event: undefined }))]
    const { version } = second
    await platform.drain()
    expect(platform.changesSince(version)).toContain(first)
    expect(platform.changesSince(0).map(({ version }) => version)).toEqual(
      platform
        .changesSince(0)
        .map(({ version }) => version)
        .sort((a, b) => a - b)
    )
    expect(platform.trace(1)).toBe(first)
  })

  it('keeps the latest traces only, and requests of still fewer', async () => {
    open({ maxTraces: 2100 })
    for (let index = 0; index < 2200; index += 1) platform.accept(call(`m${index}`))
    await platform.drain()
    const kept = platform.changesSince(0)
    expect(kept).toHaveLength(2100)
    expect(kept.every((trace) => payment(trace)?.status === 'accepted')).toBe(true)
    expect(kept.filter((trace) => payment(trace)?.requests.length === 1)).toHaveLength(2000)
    expect(platform.trace(1)).toBeUndefined()
  })
})

describe('createPlatform with another definition', () => {
  it('fills batches by batch_size and batch_bytes', async () => {
    const batches: string[][] = []
    const definition: DestinationDefinition<object> = {
      name: 'Recorder',
      mode: 'cloud',
      actions: {
        keep: {
          title: 'Keep',
          description: 'Keeps ids.',
          fields: { id: { label: 'ID', description: 'An id.', type: 'string' } },
          perform: () => undefined,
          performBatch: (_, { payload }) => void batches.push((payload as { id: string }[]).map(({ id }) => id))
        }
      }
    }
    const mapping = (limits: object) => ({
      name: 'All',
      type: 'automatic' as const,
      partnerAction: 'keep',
      subscribe: 'type = "track"',
      mapping: { id: { '@path': '$.messageId' }, ...limits }
    })
    platform = createPlatform({ definition, settings: {}, mappings: [mapping({ batch_size: 2 })] })
    for (const id of ['a', 'b', 'c']) platform.accept(call(id))
    await platform.drain()
    platform.setMappings([mapping({ batch_bytes: 400 })])
    for (const id of ['d', 'e', 'f']) platform.accept(call(id, { properties: { text: 'x'.repeat(100) } }))
    await platform.drain()
    expect(batches).toEqual([['a', 'b'], ['c'], ['d'], ['e'], ['f']])
  })
})
