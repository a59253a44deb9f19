import { createServer } from 'http'
import type { AddressInfo } from 'net'
import { createRequestClient, Destination, InvalidAuthenticationError } from '@segment/actions-core'
import type { SegmentEvent } from '@segment/actions-core'
import nock from 'nock'
import { authorization, MAX_REQUESTS_PER_BATCH, sendEvents } from '../api'
import destination from '../index'
import { LIMITS, SERVER } from '../wire-constants'
import type { WireEvent } from '../wire-types'
import { CALLS, callWith } from './__helpers__/calls'
import { sendBatch, sendSingle, subscriptionOf, TOKEN } from './__helpers__/run'
import { acceptAll, respondToEvents } from './__helpers__/server'

afterEach(() => nock.cleanAll())

const tractionboard = new Destination(destination)
const calls = (count: number): SegmentEvent[] =>
  Array.from({ length: count }, (_, index) => callWith('custom', { messageId: `m-${index}` }))

describe('authorization', () => {
  const expectAuthorization = (value: string) =>
    nock(SERVER, { reqheaders: { authorization: value } })
      .get('/v1/token')
      .reply(200, { valid: true })

  it('sends the Token ID as a bearer token', async () => {
    const scope = expectAuthorization('Bearer secret-1')
    await tractionboard.testAuthentication({ tokenId: 'secret-1' })
    expect(scope.isDone()).toBe(true)
  })

  it('ignores spaces and line breaks around the Token ID', async () => {
    const scope = expectAuthorization('Bearer secret-1')
    await tractionboard.testAuthentication({ tokenId: ' secret-1\n' })
    expect(scope.isDone()).toBe(true)
  })

  it.each(['se cret', 'secrét', 'secret\u0000', 'sec\nret', '🔑'])(
    'rejects the Token ID %j without repeating it',
    async (tokenId) => {
      const error = await sendSingle(destination, 'Custom Events', CALLS.custom, tokenId)
      expect(error).toStrictEqual({
        status: 401,
        code: 'INVALID_AUTHENTICATION',
        message: 'The Token ID contains characters that are not allowed. Copy it from Tractionboard again.'
      })
    }
  )
})

describe('authorization, with an empty Token ID,', () => {
  it('says that the Token ID is empty', async () => {
    expect(await sendSingle(destination, 'Custom Events', CALLS.custom, ' ')).toMatchObject({
      status: 401,
      message: 'The Token ID is empty. Copy it from Tractionboard.'
    })
  })
})

describe('authorization, without a Token ID,', () => {
  it.each([undefined, {}, { tokenId: null }])('says that the Token ID is empty, given the settings %j', (settings) => {
    expect(() => authorization(settings as undefined)).toThrow(InvalidAuthenticationError)
    expect(() => authorization(settings as undefined)).toThrow('The Token ID is empty. Copy it from Tractionboard.')
  })
})

describe('a bad Token ID', () => {
  it('fails each event of a batch with an authentication error', async () => {
    respondToEvents(() => ({ status: 401, body: { detail: 'The Token ID is not known.' } }))
    expect(await sendBatch(destination, 'Custom Events', calls(2), 'another')).toStrictEqual(
      Array(2).fill({
        status: 401,
        code: 'INVALID_AUTHENTICATION',
        message: 'Tractionboard refuses the Token ID (HTTP 401, The Token ID is not known).'
      })
    )
  })
})

describe('checkToken', () => {
  it.each([
    [200, '{"valid":false}', 'Tractionboard returned an unexpected response (HTTP 200).'],
    [200, '<html>', 'Tractionboard returned an unexpected response (HTTP 200).'],
    [204, '', 'Tractionboard returned an unexpected response (HTTP 204).'],
    [302, '', 'Tractionboard returned an unexpected response (HTTP 302).'],
    [401, '{"detail":"Unknown."}', 'Tractionboard refuses the Token ID (HTTP 401, Unknown).'],
    [403, '', 'Tractionboard refuses the Token ID (HTTP 403).'],
    [500, '{"valid":true}', 'Tractionboard returned a server error (HTTP 500).']
  ])('fails on the response %d %s', async (status, body, message) => {
    nock(SERVER).get('/v1/token').reply(status, body, { location: 'https://elsewhere.example/' })
    await expect(tractionboard.testAuthentication({ tokenId: TOKEN })).rejects.toThrow(message)
  })

  it('fails without a response', async () => {
    const aborted = new Destination({ ...destination, extendRequest: () => ({ signal: AbortSignal.abort() }) })
    const message = 'Tractionboard did not respond in time, or could not be reached (REQUESTCLIENTERROR).'
    await expect(aborted.testAuthentication({ tokenId: TOKEN })).rejects.toThrow(message)
  })
})

describe('sendEvents, with a batch that is too large,', () => {
  const problem = { title: 'Content Too Large', status: 413, limit: { unit: 'events', maximum: 2 } }

  it('sends it in halves until each is accepted, and gives every event its result', async () => {
    const sizes: number[] = []
    respondToEvents((events) => {
      sizes.push(events.length)
      return events.length > 2 ? { status: 413, body: problem } : acceptAll(events)
    })
    expect(await sendBatch(destination, 'Custom Events', calls(5))).toStrictEqual(Array(5).fill({ status: 200 }))
    expect(sizes).toStrictEqual([5, 3, 2, 2, 1])
  })

  it('rejects only the event that is too large alone', async () => {
    respondToEvents((events) =>
      events.some(({ id }) => id === 'm-1') ? { status: 413, body: problem } : acceptAll(events)
    )
    const statuses = await sendBatch(destination, 'Custom Events', calls(4))
    expect(statuses.map(({ status }) => status)).toStrictEqual([200, 400, 200, 200])
  })

  it('finds the one event of a full batch that is too large in 21 requests', async () => {
    const received = respondToEvents((events) =>
      events.some(({ id }) => id === 'm-0') ? { status: 413, body: problem } : acceptAll(events)
    )
    const statuses = await sendBatch(destination, 'Custom Events', calls(LIMITS.maxEvents))
    expect(statuses.map(({ status }) => status)).toStrictEqual([400, ...Array<number>(999).fill(200)])
    expect(received.requests).toBe(21)
  })

  it('makes a limited number of requests, whatever the server answers, and discards no event', async () => {
    const received = respondToEvents(() => ({ status: 413, body: problem }))
    const statuses = await sendBatch(destination, 'Custom Events', calls(LIMITS.maxEvents))
    expect(received.requests).toBe(MAX_REQUESTS_PER_BATCH)
    expect(statuses.map(({ status }) => status)).toStrictEqual(Array(LIMITS.maxEvents).fill(503))
  })

  it('keeps the results of the parts that were sent before the requests ran out', async () => {
    const isOdd = ({ id }: WireEvent) => Number(id.slice(2)) % 2 === 1
    const received = respondToEvents((events) =>
      events.some(isOdd) ? { status: 413, body: problem } : acceptAll(events)
    )
    const statuses = (await sendBatch(destination, 'Custom Events', calls(20))).map(({ status }) => status)
    expect(received.requests).toBe(MAX_REQUESTS_PER_BATCH)
    expect(statuses.filter((_, index) => index % 2 === 0)).not.toContain(400)
    expect(statuses.filter((_, index) => index % 2 === 1)).not.toContain(200)
    expect(new Set(statuses)).toStrictEqual(new Set([200, 400, 503]))
  })

  it('keeps the results of one half when the other fails', async () => {
    respondToEvents((events, requests) =>
      requests === 1 ? { status: 413 } : requests === 2 ? acceptAll(events) : { status: 503 }
    )
    const statuses = await sendBatch(destination, 'Custom Events', calls(4))
    expect(statuses.map(({ status }) => status)).toStrictEqual([200, 200, 503, 503])
  })
})

describe('sendEvents, when it is redirected,', () => {
  it('sends the Token ID and the events to no other address', async () => {
    nock(SERVER).post('/v1/events').reply(307, '', { location: 'https://elsewhere.example/v1/events' })
    const elsewhere = nock('https://elsewhere.example').post('/v1/events').reply(200, {})
    expect(await sendSingle(destination, 'Custom Events', CALLS.custom)).toMatchObject({ status: 502 })
    expect(elsewhere.isDone()).toBe(false)
  })
})

describe('sendEvents, with the largest batch,', () => {
  it('makes one request and reads the long response to its end', async () => {
    const received = respondToEvents(acceptAll)
    const statuses = await sendBatch(destination, 'Custom Events', calls(LIMITS.maxEvents))
    expect(received.requests).toBe(1)
    expect(statuses).toStrictEqual(Array(LIMITS.maxEvents).fill({ status: 200 }))
  })
})

describe('sendEvents, with a response that never ends,', () => {
  it('times out and gives a network error, which is retried', async () => {
    const server = createServer((_request, response) => {
      response.writeHead(200, { 'content-type': 'application/json' })
      response.write('{"results":[')
    })
    await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve))
    const { port } = server.address() as AddressInfo
    const client = createRequestClient()
    const clientWithTimeout: typeof client = (url, options) =>
      client(url.replace(SERVER, `http://127.0.0.1:${port}`), { ...options, timeout: 200 })
    const event: WireEvent = { type: 'cancel', id: 'a', occurred_at: '2026-03-02T09:14:07Z', external_user_id: 'u' }
    try {
      expect(await sendEvents(clientWithTimeout, [event])).toMatchObject([{ outcome: 'networkError' }])
    } finally {
      const closed = new Promise((resolve) => server.close(resolve))
      server.closeAllConnections()
      await closed
    }
  })
})

describe('deliverBatch', () => {
  it('reports the event and its result if it is delivered, and no personal data if it is not', async () => {
    respondToEvents(([first, second]) => ({
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
      callWith('identify', { messageId: 'b' }),
      callWith('identify', { timestamp: 'never' })
    ]
    const [{ multistatus = [] }] = await tractionboard.onBatch(events, settings)
    expect(multistatus[0]).toMatchObject({ status: 200, sent: { type: 'login' }, body: { status: 'accepted' } })
    expect(multistatus[1]).toMatchObject({ errorreporter: 'DESTINATION', body: { status: 'rejected' } })
    expect(multistatus[2]).toMatchObject({ errorreporter: 'INTEGRATIONS' })
    expect(JSON.stringify(multistatus.slice(1))).not.toContain('ada@')
  })
})

describe('onDelete', () => {
  const erase = (ids: object) =>
    tractionboard.onDelete?.({ type: 'delete', ...ids } as unknown as SegmentEvent, { tokenId: TOKEN })

  const acceptErasure = (ids: object) =>
    nock(SERVER)
      .post('/v1/erasures', ids as nock.DataMatcherMap)
      .reply(204)

  it('erases the user and the visitor in one request', async () => {
    const scope = acceptErasure({ external_user_id: 'user-1', anonymous_id: 'visitor-1' })
    expect(await erase({ userId: 'user-1', anonymousId: 'visitor-1' })).toStrictEqual({ output: 'Erased' })
    expect(scope.isDone()).toBe(true)
  })

  it.each(['..', 'a/b?c#d e', '../token', 'é%', 'half a pair \ud800', 'x'.repeat(300), '__proto__'])(
    'erases the ID %j, as an event may carry it',
    async (userId) => {
      const scope = acceptErasure({ external_user_id: userId })
      await erase({ userId })
      expect(scope.isDone()).toBe(true)
    }
  )

  it.each([
    [{ userId: ' user-1\n' }, { external_user_id: 'user-1' }],
    [{ userId: 42 }, { external_user_id: '42' }],
    [{ userId: 'null', anonymousId: ' visitor-1' }, { anonymous_id: 'visitor-1' }],
    [{ userId: ['user-1'], anonymousId: 'visitor-1' }, { anonymous_id: 'visitor-1' }]
  ])('takes the IDs of %j as an event does', async (ids, expected) => {
    const scope = acceptErasure(expected)
    await erase(ids)
    expect(scope.isDone()).toBe(true)
  })

  it.each([{ userId: null, anonymousId: '' }, { userId: ' ', anonymousId: 'undefined' }, {}])(
    'rejects the deletion of %j, which names nobody',
    async (ids) => {
      await expect(erase(ids)).rejects.toMatchObject({
        status: 400,
        message: 'userId and anonymousId are both missing, blank or placeholders. A deletion names one of them.'
      })
    }
  )

  it.each([
    [401, 401],
    [429, 429],
    [503, 503],
    [404, 502],
    [200, 502]
  ])('turns the response %d into an error with the status %d', async (response, status) => {
    nock(SERVER).post('/v1/erasures').reply(response)
    await expect(erase({ userId: 'user-1' })).rejects.toMatchObject({ status })
  })
})
