import { rawCall, type Call, type Fields, type Library } from '@tractionboard/testing/call-builder'
import { END } from './company'
import type { Rng } from '@tractionboard/testing/random'
import { DAY, HOUR, SECOND, toIso, toMillis } from '@tractionboard/testing/time'

/** Duplicates of calls, as Segment delivers them: some at once, some in the file of the next month. */
export function duplicateCalls(calls: Call[], rng: Rng): Call[] {
  const later = (call: Call, by: number): Call => ({
    ...call,
    receivedAt: toIso(toMillis(call.receivedAt) + by),
    sentAt: toIso(toMillis(call.sentAt) + by)
  })
  const any = (count: number) => Array.from({ length: count }, () => rng.pick(calls))
  const money = calls.filter(({ event }) => event === 'Payment Made' || event === 'Refund Received')
  const signups = calls.filter(({ event }) => event === 'signup')
  return [
    ...any(18),
    ...any(14).map((call) => later(call, rng.between(1, 600) * SECOND)),
    ...[...any(8), rng.pick(money), rng.pick(signups)].map((call) => later(call, 31 * DAY)),
    rng.pick(money),
    rng.pick(signups)
  ].filter((call) => toMillis(call.receivedAt) < END)
}

/** A payment with the id of an earlier one and another amount. */
export function conflictingCall(calls: Call[], user: string): Call {
  const payment = calls.find(({ event, userId }) => event === 'Payment Made' && userId === user)!
  const at = toMillis(payment.receivedAt) + 2 * HOUR
  const properties = { ...(payment.properties as Fields), revenue: 999.99 }
  return { ...payment, properties, receivedAt: toIso(at), sentAt: toIso(at) }
}

/**
 * Calls as a faulty program makes them.
 *
 * @param users the ids of customers that the calls may name.
 */
export function badCalls(users: string[], rng: Rng): Call[] {
  const payment = (properties: Fields) => ({ type: 'track', event: 'Payment Made', properties, userId: users[0] })
  const anonymous = { anonymousId: rng.uuid(), userId: null }
  const page = {
    type: 'page',
    name: 'Pricing',
    properties: { path: '/pricing', url: 'https://acmenotes.example/pricing' }
  }
  const bad: [day: string, library: Library, input: Fields, overrides?: Fields][] = [
    ['2026-03-03T10:00:00.120Z', 'server', payment({ revenue: '$5', currency: 'USD' })],
    ['2026-03-04T10:00:00.121Z', 'server', payment({ revenue: true })],
    ['2026-03-05T10:00:00.122Z', 'server', payment({ revenue: '0x10', currency: 'USD' })],
    ['2026-03-06T10:00:00.123Z', 'server', payment({ invoice: 'in_700001', currency: 'USD' })],
    ['2026-03-09T10:00:00.124Z', 'server', payment({ revenue: '1,299.00', currency: 'USD' })],
    ['2026-03-10T10:00:00.125Z', 'server', payment({ revenue: '1e2', currency: 'USD' })],
    ['2026-03-11T10:00:00.126Z', 'server', payment({ revenue: -19.99, currency: 'USD' })],
    ['2026-03-12T10:00:00.127Z', 'server', payment({ revenue: 18.99, currency: 'EURO' })],
    ['2026-03-13T10:00:00.128Z', 'web', { type: 'track', event: 'signup', properties: { plan: 'solo' }, ...anonymous }],
    ['2026-03-16T10:00:00.129Z', 'server', { type: 'track', event: 'cancel', properties: {}, ...anonymous }],
    ['2026-04-01T10:00:00.130Z', 'web', { type: 'identify', traits: { plan: 'solo' }, ...anonymous, userId: '  ' }],
    ['2026-04-02T10:00:00.131Z', 'server', { type: 'alias', userId: users[1], previousId: users[1] }],
    ['2026-04-03T10:00:00.132Z', 'web', { ...page, ...anonymous }, { timestamp: 'foo 1' }],
    [
      '2026-04-06T10:00:00.133Z',
      'server',
      { type: 'track', event: 'Note Created', properties: { words: 12 }, userId: users[2] },
      { timestamp: '2026-02-30T10:00:00.000Z' }
    ],
    ['2026-04-07T10:00:00.134Z', 'web', { ...page }],
    ['2026-05-04T10:00:00.135Z', 'web', { type: 'identify', traits: {}, ...anonymous }],
    ['2026-05-05T10:00:00.136Z', 'web', { type: 'identify', ...anonymous }],
    ['2026-05-06T10:00:00.137Z', 'server', { type: 'delete', userId: users[3] }],
    ['2026-05-07T10:00:00.138Z', 'web', { ...page, ...anonymous }, { messageId: '' }]
  ]
  return bad.map(([day, library, input, overrides]) => ({
    ...rawCall(library, { type: '', context: {}, ...input }, { at: toMillis(day) }, rng),
    ...overrides
  }))
}

/** Calls that are unusual and valid. */
export function unusualCalls(users: string[], rng: Rng): Call[] {
  const guest = { anonymousId: rng.uuid(), userId: null }
  const paid = { type: 'track', event: 'Payment Made' }
  const odd: [day: string, library: Library, input: Fields, overrides?: Fields][] = [
    ['2026-03-18T11:00:00.201Z', 'server', { ...paid, properties: { revenue: ' 49.00 ' }, userId: users[4] }],
    ['2026-03-19T11:00:00.202Z', 'server', { ...paid, properties: { revenue: null, amount: 19.99 }, userId: users[5] }],
    ['2026-03-20T11:00:00.203Z', 'web', { ...paid, properties: { revenue: 25, gift: true }, ...guest }],
    [
      '2026-03-31T22:30:00.204Z',
      'server',
      { ...paid, properties: { revenue: 9.99, currency: 'USD' }, userId: users[6] },
      { timestamp: '2026-04-01T00:30:00.204+02:00' }
    ]
  ]
  return odd.map(([day, library, input, overrides]) => ({
    ...rawCall(library, { type: '', context: {}, ...input }, { at: toMillis(day) }, rng),
    ...overrides
  }))
}

/** The calls in the order of the log: by arrival, some of them up to 90 minutes late. */
export function outOfOrder(calls: Call[], rng: Rng): Call[] {
  return calls
    .map((call) => ({ call, turn: toMillis(call.receivedAt) + (rng.chance(0.05) ? rng.between(1, 5400) * SECOND : 0) }))
    .sort((one, other) => one.turn - other.turn)
    .map(({ call }) => call)
}

/** The lines of a file, with a truncated one added in the middle. */
export function withTruncatedLine(lines: string[]): string[] {
  const middle = Math.floor(lines.length / 2)
  const line = lines[middle]
  return [...lines.slice(0, middle), line.slice(0, Math.floor(line.length * 0.6)), ...lines.slice(middle)]
}
