import { resultsOf } from '../answers'
import type { Event } from '../wire-types'

const event = (id: string): Event => ({
  type: 'cancel',
  id,
  occurred_at: '2026-03-02T09:14:07Z',
  external_user_id: 'u'
})
const EVENTS = [event('a'), event('b'), event('c')]

const accepted = (index: unknown, id: unknown) => ({ index, id, status: 'accepted' })
const ALL = [accepted(0, 'a'), accepted(1, 'b'), accepted(2, 'c')]

const outcomes = (status: number, body: unknown, text = JSON.stringify(body)) =>
  resultsOf({ status, text }, EVENTS).map(({ outcome }) => outcome)

const outcomesOf = (results: unknown) => outcomes(200, { results })

describe('the results of an answer', () => {
  it('belong to the events that they name, in whatever order they come', () => {
    const [a, b, c] = ALL
    const rejected = { index: 1, id: 'b', status: 'rejected', error: { field: null, message: 'No.', retryable: false } }
    expect(outcomesOf([c, { ...b, status: 'duplicate' }, a])).toEqual(['accepted', 'duplicate', 'accepted'])
    expect(outcomesOf([c, rejected, a])).toEqual(['accepted', 'rejected', 'accepted'])
  })

  it.each([
    ['is missing', []],
    ['comes twice', [accepted(1, 'b'), accepted(1, 'b')]],
    ['comes twice and contradicts itself', [accepted(1, 'b'), { index: 1, id: 'b', status: 'duplicate' }]],
    ['comes twice, of which one cannot be understood', [accepted(1, 'b'), { index: 1, id: 'b', status: 'rejected' }]],
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
    ['is a text', ['accepted']]
  ])('one that %s leaves its event to be sent again, and no other', (_, results) => {
    expect(outcomesOf([ALL[0], ...results, ALL[2]])).toEqual(['accepted', 'unanswered', 'accepted'])
  })

  it('that name no event that was sent change nothing', () => {
    expect(outcomesOf([...ALL, accepted(3, 'd'), accepted(-1, 'a'), accepted(0.5, 'a')])).toEqual(
      Array(3).fill('accepted')
    )
  })

  it.each([200, 207, 422])('are read with the status %d', (status) => {
    expect(outcomes(status, { results: ALL })).toEqual(Array(3).fill('accepted'))
  })

  it.each([
    [201, 'unreadable'],
    [202, 'unreadable'],
    [204, 'unreadable'],
    [302, 'unreadable'],
    [400, 'badRequest'],
    [401, 'badToken'],
    [404, 'unreadable'],
    [503, 'failed']
  ])('are not read with the status %d', (status, outcome) => {
    expect(outcomes(status, { results: ALL })).toEqual(Array(3).fill(outcome))
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
  ])('that cannot be read (%p) leave all events to be sent again', (text) => {
    expect(outcomes(200, undefined, text)).toEqual(Array(3).fill('unreadable'))
  })
})

describe('the message of a failed request', () => {
  const message = (text: string) => resultsOf({ status: 503, text }, EVENTS)[0].message

  it('takes the detail of the problem along', () => {
    expect(message('{"detail":"Down for a moment."}')).toBe(
      'Tractionboard returned a server error (HTTP 503, Down for a moment).'
    )
  })

  it.each(['', 'null', '{"detail":5}', '<html>'])('does without one (%p)', (text) => {
    expect(message(text)).toBe('Tractionboard returned a server error (HTTP 503).')
  })
})

describe('a rejected event', () => {
  const messageOf = (field: string | null, message: string) => {
    const error = { code: 'any', field, message, retryable: false }
    const text = JSON.stringify({ results: [{ index: 0, id: 'a', status: 'rejected', error }] })
    return resultsOf({ status: 422, text }, [EVENTS[0]])[0].message
  }

  it.each([
    [null, 'The event is too large.', 'The event is too large.'],
    ['currency', 'Not a code of ISO 4217.', 'currency: Not a code of ISO 4217.'],
    ['currency', 'The currency is none of ISO 4217.', 'The currency is none of ISO 4217.']
  ])('names the field %p, once', (field, message, told) => {
    expect(messageOf(field, message)).toBe(told)
  })
})
