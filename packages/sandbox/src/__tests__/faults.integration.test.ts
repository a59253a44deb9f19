import type { EventResults } from '@tractionboard/contract'
import { request } from 'node:http'
import type { Faults, FaultKind } from '..'
import type { HttpResponse } from '@tractionboard/testing/conformity'
import { on } from './support/events'
import { call, send, sendEvents } from './support/http'
import { useSandbox } from './support/sandbox'

const sandbox = useSandbox()

const visits = (count: number, prefix = 'm') =>
  Array.from({ length: count }, (_none, index) => on(1, 'visit', { anonymous: 'a', id: `${prefix}${index}` }))

const body = (reply: HttpResponse) => reply.json as EventResults
const ids = (reply: HttpResponse) => body(reply).results.map(({ id }) => id)
/** Sends events, and does not hold the response to the contract. */
const sendUnchecked = (events: unknown[]) => send(sandbox(), 'POST', '/v1/events', { body: { events } })
const storedVisits = () => sandbox().dashboard().visits

describe('an error response', () => {
  it.each<[FaultKind, Faults, number]>([
    ['too_many_requests', {}, 429],
    ['server_error', {}, 503],
    ['server_error', { server_error_status: 500 }, 500],
    ['forbidden', {}, 403],
    ['too_large', {}, 413]
  ])('of the kind %s (with %j) has the status %d', async (kind, more, status) => {
    sandbox().setFaults({ [kind]: 1, ...more })
    expect((await sendEvents(sandbox(), visits(1))).status).toBe(status)
  })

  it.each<FaultKind>(['too_many_requests', 'server_error', 'forbidden', 'too_large'])(
    'of the kind %s stores no event',
    async (kind) => {
      sandbox().setFaults({ [kind]: 1 })
      await sendEvents(sandbox(), visits(1))
      expect(storedVisits()).toBe(0)
    }
  )

  it('says when to retry', async () => {
    sandbox().setFaults({ too_many_requests: 1, retry_after_seconds: 7 })
    expect(await sendEvents(sandbox(), visits(1))).toMatchObject({
      headers: { 'retry-after': '7' },
      json: { detail: 'Too many requests. Try again in 7 seconds.' }
    })
  })

  it('of the kind too_large states the limit', async () => {
    sandbox().setFaults({ too_large: 1 })
    expect((await sendEvents(sandbox(), visits(1))).json).toMatchObject({ limit: { unit: 'bytes' } })
  })

  it.each([
    ['GET', '/v1/token'],
    ['POST', '/v1/erasures']
  ])('is injected into %s %s too', async (method, path) => {
    sandbox().setFaults({ server_error: 1 })
    const body = method === 'POST' ? { anonymous_id: 'a' } : undefined
    expect((await call(sandbox(), method, path, { body })).status).toBe(503)
  })

  it('erases no one', async () => {
    await sendEvents(sandbox(), visits(1))
    sandbox().setFaults({ server_error: 1 })
    await call(sandbox(), 'POST', '/v1/erasures', { body: { anonymous_id: 'a' } })
    expect(storedVisits()).toBe(1)
  })

  it('does not hide a bad Token ID', async () => {
    sandbox().setFaults({ server_error: 1 })
    expect((await call(sandbox(), 'GET', '/v1/token', { token: 'another' })).status).toBe(401)
  })

  it("is not injected into the sandbox's own endpoints", async () => {
    sandbox().setFaults({ server_error: 1 })
    expect((await send(sandbox(), 'GET', '/sandbox/health')).status).toBe(200)
  })
})

describe('a corrupt response', () => {
  const setOne = (kind: FaultKind) => sandbox().setFaults({ [kind]: 1, seed: 3 })

  it('of the kind reorder has all results', async () => {
    setOne('reorder')
    const reply = await sendEvents(sandbox(), visits(5))
    expect([...ids(reply)].sort()).toEqual(['m0', 'm1', 'm2', 'm3', 'm4'])
  })

  it('of the kind reorder always changes the order, even of two', async () => {
    setOne('reorder')
    const replies = [0, 1, 2, 3, 4, 5].map((batch) => sendEvents(sandbox(), visits(2, `b${batch}-`)))
    const orders = (await Promise.all(replies)).map((reply) => body(reply).results.map(({ index }) => index))
    expect(orders).toEqual(Array(6).fill([1, 0]))
  })

  it('of the kind omit lacks some results, and not all', async () => {
    setOne('omit')
    const { length } = body(await sendUnchecked(visits(5))).results
    expect([length > 0, length < 5]).toEqual([true, true])
  })

  it('of the kind omit lacks the only result', async () => {
    setOne('omit')
    expect(body(await sendUnchecked(visits(1))).results).toEqual([])
  })

  it('of the kind repeat has one result twice', async () => {
    setOne('repeat')
    const all = ids(await sendUnchecked(visits(5)))
    expect([all.length, new Set(all).size]).toEqual([6, 5])
  })

  it('of the kind wrong_id has one result with another id', async () => {
    setOne('wrong_id')
    const sent = visits(5).map(({ id }) => id)
    expect(ids(await sendUnchecked(visits(5))).filter((id) => !sent.includes(id as string))).toHaveLength(1)
  })

  it('of the kind garbage is no JSON', async () => {
    setOne('garbage')
    expect(await sendUnchecked(visits(1))).toMatchObject({ status: 200, text: 'This is not JSON.' })
  })

  it.each<FaultKind>(['reorder', 'omit', 'repeat', 'wrong_id', 'garbage'])(
    'of the kind %s is sent after the events are stored',
    async (kind) => {
      setOne(kind)
      await sendUnchecked(visits(5))
      expect(storedVisits()).toBe(5)
    }
  )

  it('may be corrupt in several ways', async () => {
    sandbox().setFaults({ omit: 1, repeat: 1, wrong_id: 1 })
    expect(body(await sendUnchecked(visits(1))).results).toEqual([])
  })
})

describe('a missing response', () => {
  it('of the kind drop_after_commit ends the connection', async () => {
    sandbox().setFaults({ drop_after_commit: 1 })
    await expect(sendUnchecked(visits(1))).rejects.toMatchObject({ code: 'ECONNRESET' })
  })

  it('of the kind drop_after_commit is missing after the events are stored', async () => {
    sandbox().setFaults({ script: ['drop_after_commit'] })
    await sendUnchecked(visits(1)).catch(() => undefined)
    expect(body(await sendEvents(sandbox(), visits(1)))).toMatchObject({ accepted: 0, duplicates: 1 })
  })

  /** Sends a visit, and gives up after some milliseconds. */
  const giveUpAfter = (milliseconds: number): Promise<string> =>
    new Promise((resolve) => {
      const outgoing = request(`${sandbox().origin}/v1/events`, {
        method: 'POST',
        headers: { authorization: `Bearer ${sandbox().token}`, 'content-type': 'application/json' }
      })
      outgoing.on('response', () => resolve('response'))
      outgoing.on('error', () => resolve('gave up'))
      outgoing.setTimeout(milliseconds, () => outgoing.destroy())
      outgoing.end(JSON.stringify({ events: visits(1) }))
    })

  it('of the kind timeout lasts until the client gives up', async () => {
    sandbox().setFaults({ timeout: 1 })
    expect(await giveUpAfter(100)).toBe('gave up')
  })

  /** Waits until the journal has a request, and gives all that it has. */
  const journaled = async () => {
    while (sandbox().journal().length === 0) await new Promise((resolve) => setTimeout(resolve, 5))
    return sandbox().journal()
  }

  it('of the kind timeout stores no event', async () => {
    sandbox().setFaults({ timeout: 1 })
    await giveUpAfter(100)
    await journaled()
    expect(storedVisits()).toBe(0)
  })

  it('of the kind timeout is in the journal when the client gives up, without a status', async () => {
    sandbox().setFaults({ timeout: 1 })
    await giveUpAfter(100)
    expect(await journaled()).toMatchObject([
      { status: null, faults: ['timeout'], counts: null, events: [{ type: 'visit', id: 'm0' }] }
    ])
  })

  it('of a request from before a reset is not in the journal', async () => {
    sandbox().setFaults({ timeout: 1 })
    const pending = giveUpAfter(100)
    await new Promise((resolve) => setTimeout(resolve, 50))
    sandbox().reset()
    await pending
    await new Promise((resolve) => setTimeout(resolve, 50))
    expect(sandbox().journal()).toEqual([])
  })

  it('of the kind server_error has no status in the journal if the client gave up before', async () => {
    sandbox().setFaults({ slow: 1, delay_ms: 60_000, server_error: 1 })
    await giveUpAfter(50)
    expect(await journaled()).toMatchObject([{ status: null, faults: ['server_error', 'slow'] }])
  })

  it('has no status in the journal', async () => {
    sandbox().setFaults({ script: ['drop_after_commit'] })
    await sendUnchecked(visits(1)).catch(() => undefined)
    expect(sandbox().journal()).toMatchObject([
      { status: null, faults: ['drop_after_commit'], counts: { accepted: 1 } }
    ])
  })

  it('of the kind slow, when the client gives up, stores no event', async () => {
    sandbox().setFaults({ slow: 1, delay_ms: 200 })
    await giveUpAfter(50)
    await new Promise((resolve) => setTimeout(resolve, 300))
    expect(storedVisits()).toBe(0)
  })
})

describe('a slow response', () => {
  it('is sent after the delay', async () => {
    sandbox().setFaults({ slow: 1, delay_ms: 150 })
    const started = performance.now()
    await sendEvents(sandbox(), visits(1))
    expect(performance.now() - started).toBeGreaterThan(140)
  })

  it('is valid', async () => {
    sandbox().setFaults({ slow: 1, delay_ms: 1 })
    expect((await sendEvents(sandbox(), visits(1))).status).toBe(200)
  })
})

describe('unavailable', () => {
  it('rejects the events of a request, which may be sent again', async () => {
    sandbox().setFaults({ script: ['unavailable'] })
    expect(await sendEvents(sandbox(), visits(1))).toMatchObject({
      status: 422,
      json: { results: [{ error: { code: 'unavailable', field: null, retryable: true } }] }
    })
  })

  it('accepts the same events later', async () => {
    sandbox().setFaults({ script: ['unavailable'] })
    await sendEvents(sandbox(), visits(2))
    expect(body(await sendEvents(sandbox(), visits(2)))).toMatchObject({ accepted: 2 })
  })

  it('rejects a share of the events', async () => {
    sandbox().setFaults({ unavailable: 0.25 })
    const { rejected } = body(await sendEvents(sandbox(), visits(1000)))
    expect(Math.abs(rejected - 250)).toBeLessThan(50)
  })

  it('does not reject duplicates', async () => {
    await sendEvents(sandbox(), visits(1))
    sandbox().setFaults({ unavailable: 1 })
    expect(body(await sendEvents(sandbox(), visits(1)))).toMatchObject({ duplicates: 1 })
  })
})

describe('the script', () => {
  const statuses = async (count: number) => {
    const replies: number[] = []
    for (let each = 0; each < count; each++) replies.push((await call(sandbox(), 'GET', '/v1/token')).status)
    return replies
  }

  it('applies to one request after the other, and then the shares apply', async () => {
    sandbox().setFaults({
      script: ['server_error', 'ok', 'too_many_requests'],
      server_error: 1,
      server_error_status: 500
    })
    expect(await statuses(4)).toEqual([500, 200, 429, 500])
  })

  it('is shown without the part that is over', async () => {
    sandbox().setFaults({ script: ['server_error', 'ok'] })
    await statuses(1)
    expect(sandbox().faults().script).toEqual(['ok'])
  })

  it('is gone after a reset if the sandbox was not started with it', async () => {
    sandbox().setFaults({ script: ['server_error'] })
    sandbox().reset()
    expect(await statuses(1)).toEqual([200])
  })

  it('does not change the list that it was set with', async () => {
    const script: Faults['script'] = ['ok', 'ok']
    sandbox().setFaults({ script })
    await statuses(1)
    expect(script).toHaveLength(2)
  })
})

describe('the shares of faults', () => {
  const run = async (faults: Faults) => {
    sandbox().reset()
    sandbox().setFaults(faults)
    const seen: unknown[] = []
    for (let each = 0; each < 40; each++) {
      const { status, text } = await sendUnchecked(visits(4, `${each}-`))
      seen.push([status, text])
    }
    return seen
  }
  const some: Faults = { server_error: 0.3, too_many_requests: 0.2, reorder: 0.5, omit: 0.3, unavailable: 0.3 }

  it('give the same faults for the same seed', async () => {
    expect(await run({ ...some, seed: 42 })).toEqual(await run({ ...some, seed: 42 }))
  })

  it('give other faults for another seed', async () => {
    expect(await run({ ...some, seed: 42 })).not.toEqual(await run({ ...some, seed: 43 }))
  })

  it('are about as large as they are set', async () => {
    sandbox().setFaults({ server_error: 0.3 })
    let failed = 0
    for (let each = 0; each < 300; each++) failed += Number((await call(sandbox(), 'GET', '/v1/token')).status === 503)
    expect(Math.abs(failed - 90)).toBeLessThan(30)
  })
})

describe('the fault settings', () => {
  it.each<[string, unknown, string]>([
    ['an unknown member', { server_eror: 1 }, 'server_eror of the fault configuration is not a known field.'],
    ['a share above 1', { omit: 1.5 }, 'omit of the fault configuration is above 1. Send 1 or less.'],
    ['an unknown kind', { script: ['nothing'] }, 'script.0 of the fault configuration is not an allowed value.'],
    [
      'a status that is no error',
      { server_error_status: 404 },
      'server_error_status of the fault configuration is below 500.'
    ],
    [
      'half a second to wait',
      { retry_after_seconds: 0.5 },
      'retry_after_seconds of the fault configuration is not a whole number.'
    ],
    ['nothing at all', null, 'The fault configuration is not an object. Send an object.']
  ])('reject %s', (_what, faults, message) => {
    expect(() => sandbox().setFaults(faults as Faults)).toThrow(message)
  })

  it('stay as they are if the new ones are invalid', () => {
    sandbox().setFaults({ omit: 0.5 })
    expect(() => sandbox().setFaults({ omit: 2 })).toThrow('omit')
    expect(sandbox().faults().omit).toBe(0.5)
  })

  it('get the default of what is left out', () => {
    sandbox().setFaults({ omit: 0.5 })
    sandbox().setFaults({})
    expect(sandbox().faults().omit).toBe(0)
  })
})
