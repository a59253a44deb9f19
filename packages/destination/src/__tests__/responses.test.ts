import { readResults } from '../responses'
import type { WireEvent } from '../wire-types'

const event = (id: string): WireEvent => ({
  type: 'cancel',
  id,
  occurred_at: '2026-03-02T09:14:07Z',
  external_user_id: 'u'
})
const EVENTS = [event('a'), event('b'), event('c')]

const accepted = (index: unknown, id: unknown) => ({ index, id, status: 'accepted' })
const ALL = [accepted(0, 'a'), accepted(1, 'b'), accepted(2, 'c')]

const outcomes = (status: number, body: unknown, text = JSON.stringify(body)) =>
  readResults({ status, text }, EVENTS).map(({ outcome }) => outcome)

const outcomesOf = (results: unknown) => outcomes(200, { results })

describe('readResults', () => {
  it('gives each event the result that names it, in any order', () => {
    const [a, b, c] = ALL
    const rejected = { index: 1, id: 'b', status: 'rejected', error: { field: null, message: 'No.', retryable: false } }
    expect(outcomesOf([c, { ...b, status: 'duplicate' }, a])).toStrictEqual(['accepted', 'duplicate', 'accepted'])
    expect(outcomesOf([c, rejected, a])).toStrictEqual(['accepted', 'rejected', 'accepted'])
  })

  it.each([
    ['is missing', []],
    ['is repeated', [accepted(1, 'b'), accepted(1, 'b')]],
    ['is repeated with another status', [accepted(1, 'b'), { index: 1, id: 'b', status: 'duplicate' }]],
    ['is repeated, and one of the two is invalid', [accepted(1, 'b'), { index: 1, id: 'b', status: 'rejected' }]],
    ['names another event', [accepted(1, 'x')]],
    ['names no event', [accepted(1, null)]],
    ['has an index of another type', [accepted('1', 'b')]],
    ['has no index', [{ id: 'b', status: 'accepted' }]],
    ['has an unknown status', [{ index: 1, id: 'b', status: 'ok' }]],
    [
      'has an unknown status and an error',
      [{ index: 1, id: 'b', status: 'ok', error: { field: null, message: 'No.', retryable: false } }]
    ],
    ['has no status', [{ index: 1, id: 'b' }]],
    ['is rejected without an error', [{ index: 1, id: 'b', status: 'rejected' }]],
    ['is rejected with an error of another type', [{ index: 1, id: 'b', status: 'rejected', error: 'no' }]],
    ['is rejected with null', [{ index: 1, id: 'b', status: 'rejected', error: null }]],
    ['is rejected without a message', [{ index: 1, id: 'b', status: 'rejected', error: { message: 5 } }]],
    ['is null', [null]],
    ['is a string', ['accepted']]
  ])('retries only the event whose result %s', (_, results) => {
    expect(outcomesOf([ALL[0], ...results, ALL[2]])).toStrictEqual(['accepted', 'missingResult', 'accepted'])
  })

  it('ignores results of events that were not sent', () => {
    expect(outcomesOf([...ALL, accepted(3, 'd'), accepted(-1, 'a'), accepted(0.5, 'a')])).toStrictEqual(
      Array(3).fill('accepted')
    )
  })

  it.each([200, 207, 422])('reads the results of a response with the status %d', (status) => {
    expect(outcomes(status, { results: ALL })).toStrictEqual(Array(3).fill('accepted'))
  })

  it.each([
    [201, 'unexpectedResponse'],
    [202, 'unexpectedResponse'],
    [204, 'unexpectedResponse'],
    [302, 'unexpectedResponse'],
    [400, 'badRequest'],
    [401, 'badToken'],
    [404, 'unexpectedResponse'],
    [503, 'serverError']
  ])('ignores the results of a response with the status %d: the outcome is %s', (status, outcome) => {
    expect(outcomes(status, { results: ALL })).toStrictEqual(Array(3).fill(outcome))
  })

  it.each([
    '',
    ' ',
    '<html>',
    'null',
    '[]',
    '5',
    '{}',
    '{"results":{}}',
    '{"results":null}',
    JSON.stringify({ results: ALL }).slice(0, -1)
  ])('retries all events when the body is %p', (text) => {
    expect(outcomes(200, undefined, text)).toStrictEqual(Array(3).fill('unexpectedResponse'))
  })
})

describe('readResults, for a request that failed as a whole,', () => {
  const message = (text: string) => readResults({ status: 503, text }, EVENTS)[0].message

  it('puts the detail of the problem into the message', () => {
    expect(message('{"detail":"Down for a moment."}')).toBe(
      'Tractionboard returned a server error (HTTP 503, Down for a moment).'
    )
  })

  it.each(['', 'null', '{"detail":5}', '<html>'])('gives a message without a detail when the body is %p', (text) => {
    expect(message(text)).toBe('Tractionboard returned a server error (HTTP 503).')
  })
})

describe('readResults, for a rejected event,', () => {
  const messageOf = (field: string | null, message: string) => {
    const error = { code: 'any', field, message, retryable: false }
    const text = JSON.stringify({ results: [{ index: 0, id: 'a', status: 'rejected', error }] })
    return readResults({ status: 422, text }, [EVENTS[0]])[0].message
  }

  it.each([
    [null, 'The event is too large.', 'The event is too large.'],
    ['currency', 'Not a code of ISO 4217.', 'currency: Not a code of ISO 4217.'],
    ['currency', 'The currency is none of ISO 4217.', 'The currency is none of ISO 4217.']
  ])('names the field %p once', (field, message, expected) => {
    expect(messageOf(field, message)).toBe(expected)
  })
})
