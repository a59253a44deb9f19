import type { SegmentEvent } from '@segment/actions-core'
import { callFilter } from '../call-filter'
import { eventTime, parseTime } from '../event-time'

const call = (members: object) => ({ type: 'track', event: 'Payment Made', ...members }) as unknown as SegmentEvent

describe('callFilter', () => {
  const march = { from: new Date('2026-03-01T00:00:00Z'), to: new Date('2026-03-31T23:59:59.999Z') }

  it.each([
    ['2026-02-28T23:59:59.999Z', false],
    ['2026-03-01T00:00:00Z', true],
    ['2026-03-31T23:59:59.999Z', true],
    ['2026-04-01T00:00:00Z', false],
    ['2026-04-01T00:30:00+01:00', true]
  ])('with two times decides on a call of %s: %s', (timestamp, isTaken) => {
    expect(callFilter(march)(call({ timestamp }))).toBe(isTaken)
  })

  it('does not hold back a call without a time', () => {
    expect(callFilter(march)(call({ timestamp: 'soon' }))).toBe(true)
  })

  it('takes calls that match FQL', () => {
    const filter = callFilter({ where: 'event = "Payment Made" and properties.revenue > 10' })
    expect([5, 20].map((revenue) => filter(call({ properties: { revenue } })))).toEqual([false, true])
  })

  it('rejects FQL that cannot be read', () => {
    expect(() => callFilter({ where: 'type ~ 5' })).toThrow(/^Segment's parser cannot read this FQL: type ~ 5$/)
  })

  it.each<[object | undefined, boolean]>([
    [undefined, true],
    [{}, true],
    [{ All: false }, false],
    [{ All: false, Tractionboard: true }, true],
    [{ All: false, Tractionboard: { option: 1 } }, true],
    [{ Tractionboard: false }, false],
    [{ Other: false }, true]
  ])('with names decides on the integrations %j: %s', (integrations, isTaken) => {
    const filter = callFilter({ integrations: ['Tractionboard', 'Tractionboard (Actions)'] })
    expect(filter(call({ integrations }))).toBe(isTaken)
  })

  it('takes a call that each part allows', () => {
    const filter = callFilter({ ...march, where: 'type = "page"' })
    expect(filter(call({ timestamp: '2026-03-02T00:00:00Z' }))).toBe(false)
    expect(filter(call({ type: 'page', timestamp: '2026-03-02T00:00:00Z' }))).toBe(true)
  })
})

describe('eventTime', () => {
  it.each([
    [{ timestamp: '2026-03-02', sentAt: '2026-03-03' }, '2026-03-02T00:00:00.000Z'],
    [{ timestamp: 'soon', originalTimestamp: '2026-03-02T10:00:00+02:00' }, '2026-03-02T08:00:00.000Z'],
    [{ receivedAt: '2026-03-02 05:06:07 UTC' }, '2026-03-02T05:06:07.000Z']
  ])('of %j is %s', (times, iso) => {
    expect(new Date(eventTime(call(times)) as number).toISOString()).toBe(iso)
  })

  it('is unknown if no time can be read', () => {
    expect(eventTime(call({ timestamp: {} }))).toBeUndefined()
  })
})

describe('parseTime', () => {
  it.each<[unknown, number | undefined]>([
    [1772442847, 1772442847000],
    ['1772442847', 1772442847000],
    [1772442847123, 1772442847123],
    ['03/02/2026', undefined],
    ['2026-13-01', undefined],
    [null, undefined]
  ])('reads %j as %s', (time, milliseconds) => {
    expect(parseTime(time)).toBe(milliseconds)
  })
})
