import type { RequestClient } from '@segment/actions-core'
import nock from 'nock'
import { sendEvents } from '../api'
import destination from '../index'
import { OUTCOMES, outcomeOfStatus } from '../outcomes'
import type { OutcomeId, Verdict } from '../outcomes'
import type { WireEvent } from '../wire-types'
import { CALLS, callWith } from './__helpers__/calls'
import { sendBatch, sendSingle, TOKEN } from './__helpers__/run'
import type { EventStatus } from './__helpers__/run'
import { respondToEvents } from './__helpers__/server'
import type { MockResponse } from './__helpers__/server'

afterEach(() => nock.cleanAll())

const respondWith = (events: WireEvent[], result: object): MockResponse => ({
  status: 207,
  body: { accepted: 0, duplicates: 0, rejected: 0, results: events.map(({ id }, index) => ({ index, id, ...result })) }
})

const rejection = (retryable: boolean) => ({
  status: 'rejected',
  error: { code: 'invalid', field: 'currency', message: 'currency must be an ISO 4217 code.', retryable }
})

const problem =
  (status: number, headers = {}) =>
  () => ({ status, body: { title: 'No', status, detail: 'Not so.' }, headers })

type Respond = (events: WireEvent[]) => MockResponse

/** For each row of the table: a response that leads to it, and the error message that follows. */
const RESPONSES: Record<
  Exclude<OutcomeId, 'networkError' | 'invalidPayload' | 'notSent' | 'tooDeep'>,
  [Respond, message: string]
> = {
  accepted: [(events) => respondWith(events, { status: 'accepted' }), ''],
  duplicate: [(events) => respondWith(events, { status: 'duplicate' }), ''],
  rejected: [(events) => respondWith(events, rejection(false)), 'currency must be an ISO 4217 code.'],
  unavailable: [(events) => respondWith(events, rejection(true)), 'currency must be an ISO 4217 code.'],
  missingResult: [() => respondWith([], {}), 'The response does not have exactly one result for this event.'],
  badRequest: [problem(400), 'Tractionboard does not understand the request (HTTP 400, Not so).'],
  badToken: [problem(401), 'Tractionboard refuses the Token ID (HTTP 401, Not so).'],
  tooLarge: [problem(413), 'The event is too large for a request (HTTP 413, Not so).'],
  requestTimeout: [problem(408), 'Tractionboard waited too long for the request (HTTP 408, Not so).'],
  rateLimited: [
    problem(429, { 'retry-after': '7' }),
    'Tractionboard is receiving too many requests (HTTP 429, Not so, Retry-After: 7).'
  ],
  serverError: [problem(503), 'Tractionboard returned a server error (HTTP 503, Not so).'],
  unexpectedResponse: [
    () => ({ status: 200, body: '<html>' }),
    'Tractionboard returned an unexpected response (HTTP 200).'
  ]
}

/** The error code that Segment records besides the status. */
const CODES: Record<Verdict, string | undefined> = {
  success: undefined,
  invalid: 'PAYLOAD_VALIDATION_FAILED',
  authentication: 'INVALID_AUTHENTICATION',
  retry: 'RETRYABLE_ERROR'
}

function expectedStatus(id: OutcomeId, message: string): EventStatus {
  const { verdict, status } = OUTCOMES[id]
  return verdict === 'success' ? { status } : { status, code: CODES[verdict], message }
}

describe.each(Object.entries(RESPONSES))('the outcome "%s"', (id, [respond, message]) => {
  const expected = expectedStatus(id as OutcomeId, message)

  it('is recorded for a single event', async () => {
    respondToEvents(respond)
    expect(await sendSingle(destination, 'Payments', CALLS.payment)).toStrictEqual(expected)
  })

  it('is recorded for each event of a batch', async () => {
    respondToEvents(respond)
    expect(
      await sendBatch(destination, 'Payments', [CALLS.payment, callWith('payment', { messageId: 'b' })])
    ).toStrictEqual([expected, expected])
  })
})

describe('the outcome "networkError"', () => {
  const expected = expectedStatus(
    'networkError',
    'Tractionboard did not respond in time, or could not be reached (REQUESTCLIENTERROR).'
  )
  const platform = { signal: AbortSignal.abort() }

  it('is recorded for a single event when the platform aborts the request', async () => {
    expect(await sendSingle(destination, 'Payments', CALLS.payment, TOKEN, platform)).toStrictEqual(expected)
  })

  it('is recorded for each event of a batch when the platform aborts the request', async () => {
    expect(await sendBatch(destination, 'Payments', [CALLS.payment, CALLS.payment], TOKEN, platform)).toStrictEqual([
      expected,
      expected
    ])
  })
})

describe('the outcome "tooDeep"', () => {
  // What happens to an event that is nested so deeply that it cannot be written as JSON.
  const request = ((_url: string, { json }: { json: { events: WireEvent[] } }) => {
    if (json.events.some(({ id }) => id === 'deep')) throw new RangeError('Maximum call stack size exceeded')
    const results = json.events.map(({ id }, index) => ({ index, id, status: 'accepted' }))
    return Promise.resolve({ status: 200, content: JSON.stringify({ results }), headers: { get: () => null } })
  }) as unknown as RequestClient

  it('is that of one event alone: the others of its batch are delivered', async () => {
    const events = ['a', 'deep', 'b'].map((id): WireEvent => {
      return { type: 'visit', channel: 'page', id, occurred_at: '2026-03-02T09:14:07.000Z', anonymous_id: 'visitor-7' }
    })
    const results = await sendEvents(request, events)
    expect(results.map(({ outcome }) => outcome)).toStrictEqual(['accepted', 'tooDeep', 'accepted'])
    expect(OUTCOMES.tooDeep.verdict).toBe('invalid')
  })
})

describe('the outcome "invalidPayload"', () => {
  const call = callWith('payment', { properties: { revenue: '$5' } })
  const expected = expectedStatus(
    'invalidPayload',
    'amount is not a plain number. Send an amount such as 19.99, without currency signs or thousands separators.'
  )

  it('is recorded for a single event, and nothing is sent', async () => {
    expect(await sendSingle(destination, 'Payments', call)).toStrictEqual(expected)
  })

  it('is recorded for that event of a batch, and the others are sent', async () => {
    const received = respondToEvents(RESPONSES.accepted[0])
    expect(await sendBatch(destination, 'Payments', [call, CALLS.payment, call])).toStrictEqual([
      expected,
      { status: 200 },
      expected
    ])
    expect(received.events.map(({ id }) => id)).toStrictEqual(['payment-1'])
  })

  it('makes no request for a batch with nothing to send', async () => {
    const received = respondToEvents(RESPONSES.accepted[0])
    expect(await sendBatch(destination, 'Payments', [call])).toStrictEqual([expected])
    expect(received.requests).toBe(0)
  })
})

describe('the outcome "notSent"', () => {
  it('is recorded for each event of a batch that is split too often', async () => {
    respondToEvents(problem(413))
    const calls = Array.from({ length: 100 }, (_, index) => callWith('payment', { messageId: `m-${index}` }))
    const message = 'Tractionboard refuses too many parts of the batch as too large, so this event is not sent yet.'
    expect(await sendBatch(destination, 'Payments', calls)).toStrictEqual(
      Array(100).fill(expectedStatus('notSent', message))
    )
  })
})

describe('outcomeOfStatus', () => {
  it.each([
    [400, 'badRequest'],
    [401, 'badToken'],
    [403, 'badToken'],
    [404, 'unexpectedResponse'],
    [408, 'requestTimeout'],
    [413, 'tooLarge'],
    [429, 'rateLimited'],
    [500, 'serverError'],
    [501, 'serverError'],
    [503, 'serverError'],
    [599, 'serverError'],
    [204, 'unexpectedResponse'],
    [302, 'unexpectedResponse']
  ])('gives for %d the outcome "%s"', (status, id) => {
    expect(outcomeOfStatus(status)).toBe(id)
  })
})

describe('OUTCOMES', () => {
  it('has a different description in each row', () => {
    const descriptions = Object.values(OUTCOMES).map(({ description }) => description)
    expect(descriptions).not.toContain('')
    expect(new Set(descriptions).size).toBe(descriptions.length)
  })

  it('has a status that Segment retries exactly where the verdict is "retry"', () => {
    const isRetried = (status: number) => [408, 423, 429].includes(status) || (status >= 500 && status !== 501)
    for (const { verdict, status } of Object.values(OUTCOMES)) expect(isRetried(status)).toBe(verdict === 'retry')
  })
})
