import nock from 'nock'
import destination from '..'
import { OUTCOMES, outcomeOf } from '../outcomes'
import type { OutcomeId, Verdict } from '../outcomes'
import type { Event } from '../wire-types'
import { CALLS, changed } from './__helpers__/calls'
import { batch, single, TOKEN } from './__helpers__/run'
import type { Told } from './__helpers__/run'
import { answerEvents } from './__helpers__/server'
import type { Reply } from './__helpers__/server'

afterEach(() => nock.cleanAll())

const resultsOf = (events: Event[], result: object): Reply => ({
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

/** For each row of the table: how Tractionboard answers so that it applies, and what a person is told. */
const STAGED: Record<Exclude<OutcomeId, 'noAnswer' | 'unsendable'>, [(events: Event[]) => Reply, message: string]> = {
  accepted: [(events) => resultsOf(events, { status: 'accepted' }), ''],
  duplicate: [(events) => resultsOf(events, { status: 'duplicate' }), ''],
  rejected: [(events) => resultsOf(events, rejection(false)), 'currency must be an ISO 4217 code.'],
  unavailable: [(events) => resultsOf(events, rejection(true)), 'currency must be an ISO 4217 code.'],
  unanswered: [() => resultsOf([], {}), 'The answer does not have exactly one result for this event.'],
  badRequest: [problem(400), 'Tractionboard does not understand the request (HTTP 400, Not so).'],
  badToken: [problem(401), 'Tractionboard refuses the Token ID (HTTP 401, Not so).'],
  tooLarge: [problem(413), 'The event is too large for a request (HTTP 413, Not so).'],
  tooSlow: [problem(408), 'Tractionboard waited too long for the request (HTTP 408, Not so).'],
  tooMany: [
    problem(429, { 'retry-after': '7' }),
    'Tractionboard is receiving too many requests (HTTP 429, Not so, Retry-After: 7).'
  ],
  failed: [problem(503), 'Tractionboard returned a server error (HTTP 503, Not so).'],
  unreadable: [() => ({ status: 200, body: '<html>' }), 'Tractionboard returned an unexpected answer (HTTP 200).']
}

/** What Segment is told besides the status. */
const CODES: Record<Verdict, string | undefined> = {
  success: undefined,
  invalid: 'PAYLOAD_VALIDATION_FAILED',
  authentication: 'INVALID_AUTHENTICATION',
  retry: 'RETRYABLE_ERROR'
}

function expected(id: OutcomeId, message: string): Told {
  const { verdict, status } = OUTCOMES[id]
  return verdict === 'success' ? { status } : { status, code: CODES[verdict], message }
}

describe.each(Object.entries(STAGED))('the outcome "%s"', (id, [reply, message]) => {
  const told = expected(id as OutcomeId, message)

  it('is told of a single event', async () => {
    answerEvents(reply)
    expect(await single(destination, 'Payments', CALLS.payment)).toEqual(told)
  })

  it('is told of each event of a batch', async () => {
    answerEvents(reply)
    expect(await batch(destination, 'Payments', [CALLS.payment, changed('payment', { messageId: 'b' })])).toEqual([
      told,
      told
    ])
  })
})

describe('the outcome "noAnswer"', () => {
  const told = expected(
    'noAnswer',
    'Tractionboard did not answer in time, or could not be reached (REQUESTCLIENTERROR).'
  )
  const platform = { signal: AbortSignal.abort() }

  it('is told of a single event, when the platform ends the request', async () => {
    expect(await single(destination, 'Payments', CALLS.payment, TOKEN, platform)).toEqual(told)
  })

  it('is told of each event of a batch, when the platform ends the request', async () => {
    expect(await batch(destination, 'Payments', [CALLS.payment, CALLS.payment], TOKEN, platform)).toEqual([told, told])
  })
})

describe('the outcome "unsendable"', () => {
  const call = changed('payment', { properties: { revenue: '$5' } })
  const told = expected(
    'unsendable',
    'amount is not a plain number. Send an amount such as 19.99, without currency signs or thousands separators.'
  )

  it('is told of a single event, and nothing is sent', async () => {
    expect(await single(destination, 'Payments', call)).toEqual(told)
  })

  it('is told of that event of a batch, and the others are sent', async () => {
    const seen = answerEvents(STAGED.accepted[0])
    expect(await batch(destination, 'Payments', [call, CALLS.payment, call])).toEqual([told, { status: 200 }, told])
    expect(seen.events.map(({ id }) => id)).toEqual(['payment-1'])
  })

  it('leaves a batch with nothing to send, and no request is made', async () => {
    const seen = answerEvents(STAGED.accepted[0])
    expect(await batch(destination, 'Payments', [call])).toEqual([told])
    expect(seen.requests).toBe(0)
  })
})

describe('the row for an HTTP status', () => {
  it.each([
    [400, 'badRequest'],
    [401, 'badToken'],
    [403, 'badToken'],
    [404, 'unreadable'],
    [408, 'tooSlow'],
    [413, 'tooLarge'],
    [429, 'tooMany'],
    [500, 'failed'],
    [501, 'failed'],
    [503, 'failed'],
    [599, 'failed'],
    [204, 'unreadable'],
    [302, 'unreadable']
  ])('%d is "%s"', (status, id) => {
    expect(outcomeOf(status)).toBe(id)
  })

  it('is a status that Segment sends again, exactly where the verdict says so', () => {
    const again = (status: number) => [408, 423, 429].includes(status) || (status >= 500 && status !== 501)
    for (const { verdict, status } of Object.values(OUTCOMES)) expect(again(status)).toBe(verdict === 'retry')
  })
})

describe('every row of the table', () => {
  it('says when it holds, in words of its own', () => {
    const when = Object.values(OUTCOMES).map((outcome) => outcome.when)
    expect(when).not.toContain('')
    expect(new Set(when).size).toBe(when.length)
  })
})
