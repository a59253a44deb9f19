import { createServer } from 'http'
import type { AddressInfo } from 'net'
import { createRequestClient, Destination } from '@segment/actions-core'
import type { JSONObject, SegmentEvent } from '@segment/actions-core'
import nock from 'nock'
import { sendEvents } from '../api'
import destination from '..'
import { LIMITS, SERVER } from '../wire-types'
import type { Event } from '../wire-types'
import { CALLS, changed } from './__helpers__/calls'
import { batch, single, subscriptionOf, TOKEN } from './__helpers__/run'
import { acceptAll, answerEvents } from './__helpers__/server'

afterEach(() => nock.cleanAll())

const tractionboard = new Destination(destination)
const calls = (count: number): SegmentEvent[] =>
  Array.from({ length: count }, (_, index) => changed('custom', { messageId: `m-${index}` }))

describe('the Token ID', () => {
  const expectAuthorization = (value: string) =>
    nock(SERVER, { reqheaders: { authorization: value } })
      .get('/v1/token')
      .reply(200, { valid: true })

  it('travels as a bearer token', async () => {
    const scope = expectAuthorization('Bearer secret-1')
    await tractionboard.testAuthentication({ tokenId: 'secret-1' })
    expect(scope.isDone()).toBe(true)
  })

  it('loses the spaces and line ends that were copied with it', async () => {
    const scope = expectAuthorization('Bearer secret-1')
    await tractionboard.testAuthentication({ tokenId: ' secret-1\n' })
    expect(scope.isDone()).toBe(true)
  })

  it.each(['se cret', 'secrét', 'secret\u0000', 'sec\nret', '🔑'])(
    'is refused without being repeated (%j)',
    async (tokenId) => {
      const error = await single(destination, 'Custom Events', CALLS.custom, tokenId)
      expect(error).toEqual({
        status: 401,
        code: 'INVALID_AUTHENTICATION',
        message: 'The Token ID contains characters that are not allowed. Copy it from Tractionboard again.'
      })
    }
  )
})

describe('an empty Token ID', () => {
  it('is told apart from a wrong one', async () => {
    expect(await single(destination, 'Custom Events', CALLS.custom, ' ')).toMatchObject({
      status: 401,
      message: 'The Token ID is empty. Copy it from Tractionboard.'
    })
  })
})

describe('the test of the Token ID', () => {
  it.each([
    [200, '{"valid":false}', 'Tractionboard returned an unexpected answer (HTTP 200).'],
    [200, '<html>', 'Tractionboard returned an unexpected answer (HTTP 200).'],
    [204, '', 'Tractionboard returned an unexpected answer (HTTP 204).'],
    [302, '', 'Tractionboard returned an unexpected answer (HTTP 302).'],
    [401, '{"detail":"Unknown."}', 'Tractionboard refuses the Token ID (HTTP 401, Unknown).'],
    [403, '', 'Tractionboard refuses the Token ID (HTTP 403).'],
    [500, '{"valid":true}', 'Tractionboard returned a server error (HTTP 500).']
  ])('fails on %d %s', async (status, body, message) => {
    nock(SERVER).get('/v1/token').reply(status, body, { location: 'https://elsewhere.example/' })
    await expect(tractionboard.testAuthentication({ tokenId: TOKEN })).rejects.toThrow(message)
  })

  it('fails without an answer', async () => {
    const aborted = new Destination({ ...destination, extendRequest: () => ({ signal: AbortSignal.abort() }) })
    const message = 'Tractionboard did not answer in time, or could not be reached (REQUESTCLIENTERROR).'
    await expect(aborted.testAuthentication({ tokenId: TOKEN })).rejects.toThrow(message)
  })
})

describe('a batch that is too large', () => {
  const problem = { title: 'Content Too Large', status: 413, limit: { unit: 'events', maximum: 2 } }

  it('is sent in halves until each is taken, and every event has its result', async () => {
    const sizes: number[] = []
    answerEvents((events) => {
      sizes.push(events.length)
      return events.length > 2 ? { status: 413, body: problem } : acceptAll(events)
    })
    expect(await batch(destination, 'Custom Events', calls(5))).toEqual(Array(5).fill({ status: 200 }))
    expect(sizes).toEqual([5, 3, 2, 1, 2])
  })

  it('blames the one event that is too large even alone, and delivers the others', async () => {
    answerEvents((events) =>
      events.some(({ id }) => id === 'm-1') ? { status: 413, body: problem } : acceptAll(events)
    )
    const told = await batch(destination, 'Custom Events', calls(4))
    expect(told.map(({ status }) => status)).toEqual([200, 400, 200, 200])
  })

  it('keeps the verdicts of one half when the other fails', async () => {
    answerEvents((events, requests) =>
      requests === 1 ? { status: 413 } : requests === 2 ? acceptAll(events) : { status: 503 }
    )
    const told = await batch(destination, 'Custom Events', calls(4))
    expect(told.map(({ status }) => status)).toEqual([200, 200, 503, 503])
  })
})

describe('a redirect', () => {
  it('is not followed: the Token ID and the events go to no other address', async () => {
    nock(SERVER).post('/v1/events').reply(307, '', { location: 'https://elsewhere.example/v1/events' })
    const elsewhere = nock('https://elsewhere.example').post('/v1/events').reply(200, {})
    expect(await single(destination, 'Custom Events', CALLS.custom)).toMatchObject({ status: 502 })
    expect(elsewhere.isDone()).toBe(false)
  })
})

describe('the largest batch', () => {
  it('goes in one request, and its long answer is read to the end', async () => {
    const seen = answerEvents(acceptAll)
    const told = await batch(destination, 'Custom Events', calls(LIMITS.maxEvents))
    expect(seen.requests).toBe(1)
    expect(told).toEqual(Array(LIMITS.maxEvents).fill({ status: 200 }))
  })
})

describe('an answer that never ends', () => {
  it('ends in a timeout, and is to be sent again', async () => {
    const server = createServer((_request, response) => {
      response.writeHead(200, { 'content-type': 'application/json' })
      response.write('{"results":[')
    })
    await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve))
    const { port } = server.address() as AddressInfo
    const client = createRequestClient()
    const impatient: typeof client = (url, options) =>
      client(url.replace(SERVER, `http://127.0.0.1:${port}`), { ...options, timeout: 200 })
    const event: Event = { type: 'cancel', id: 'a', occurred_at: '2026-03-02T09:14:07Z', external_user_id: 'u' }
    try {
      expect(await sendEvents(impatient, [event])).toMatchObject([{ outcome: 'noAnswer' }])
    } finally {
      const closed = new Promise((resolve) => server.close(resolve))
      server.closeAllConnections()
      await closed
    }
  })
})

describe('what Segment keeps of a batch', () => {
  it('has the event and its result where it was delivered, and no personal data where it was not', async () => {
    answerEvents(([first, second]) => ({
      status: 207,
      body: {
        results: [
          { index: 0, id: first.id, status: 'accepted' },
          { index: 1, id: second.id, status: 'rejected', error: { field: 'name', message: 'No.', retryable: false } }
        ]
      }
    }))
    const settings = { tokenId: TOKEN, subscription: subscriptionOf(destination, 'Logins') }
    const events = [
      CALLS.identify,
      changed('identify', { messageId: 'b' }),
      changed('identify', { timestamp: 'never' })
    ]
    const [{ multistatus = [] }] = await tractionboard.onBatch(events, settings)
    expect(multistatus[0]).toMatchObject({ status: 200, sent: { type: 'login' }, body: { status: 'accepted' } })
    expect(multistatus[1]).toMatchObject({ errorreporter: 'DESTINATION', body: { status: 'rejected' } })
    expect(multistatus[2]).toMatchObject({ errorreporter: 'INTEGRATIONS' })
    expect(JSON.stringify(multistatus.slice(1))).not.toContain('ada@')
  })
})

describe('a deletion', () => {
  const erase = (ids: JSONObject) =>
    tractionboard.onDelete?.({ type: 'delete', ...ids } as unknown as SegmentEvent, { tokenId: TOKEN })

  it('erases the user and the visitor', async () => {
    const user = nock(SERVER).delete('/v1/users/user-1').reply(204)
    const visitor = nock(SERVER).delete('/v1/visitors/visitor-1').reply(204)
    expect(await erase({ userId: 'user-1', anonymousId: 'visitor-1' })).toEqual({ output: 'Erased' })
    expect(user.isDone() && visitor.isDone()).toBe(true)
  })

  it.each([
    [{ userId: 'a/b?c#d e' }, '/v1/users/a%2Fb%3Fc%23d%20e'],
    [{ userId: '../token' }, '/v1/users/..%2Ftoken'],
    [{ anonymousId: 'é%', userId: '' }, '/v1/visitors/%C3%A9%25'],
    [{ userId: 'a..' }, '/v1/users/a..']
  ])('of %j goes to %s', async (ids, path) => {
    const scope = nock(SERVER).delete(path).reply(204)
    await erase(ids)
    expect(scope.isDone()).toBe(true)
  })

  it.each(['.', '..', 'half a pair \ud800'])(
    'of the id %j is refused, because it would reach another address',
    async (userId) => {
      await expect(erase({ userId })).rejects.toMatchObject({
        status: 400,
        message: 'userId cannot be used in a URL.'
      })
    }
  )

  it('names the field that is refused', async () => {
    await expect(erase({ anonymousId: '..' })).rejects.toThrow('anonymousId cannot be used in a URL.')
  })

  it('of nobody is refused', async () => {
    await expect(erase({ userId: null, anonymousId: '' })).rejects.toMatchObject({
      status: 400,
      message: 'userId and anonymousId are both missing. A deletion names at least one of them.'
    })
  })

  it.each([
    [401, 401],
    [429, 429],
    [503, 503],
    [404, 502],
    [200, 502]
  ])('that is answered with %d is an error with %d', async (answered, status) => {
    nock(SERVER).delete('/v1/users/user-1').reply(answered)
    await expect(erase({ userId: 'user-1' })).rejects.toMatchObject({ status })
  })
})
