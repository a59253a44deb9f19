import type { WireEvent } from '@tractionboard/contract'
import { compareTimedEvents } from '../model/timed-event'
import { formatTimestamp, parseTimestamp, type Timestamp } from '../model/timestamp'
import { compactEvent } from '../compact-event'
import { StringPool } from '../string-pool'
import { on } from './support/events'

describe('parseTimestamp', () => {
  it.each([
    ['2026-03-02T09:14:07Z', '2026-03-02T09:14:07.000Z'],
    ['2026-03-02t09:14:07.12z', '2026-03-02T09:14:07.120Z'],
    ['2026-03-02T09:14:07.1239999Z', '2026-03-02T09:14:07.123Z'],
    ['2026-03-02T09:14:07.579Z', '2026-03-02T09:14:07.579Z'],
    ['2026-03-02T00:30:00+01:00', '2026-03-01T23:30:00.000Z'],
    ['2026-03-01T23:30:00-05:30', '2026-03-02T05:00:00.000Z'],
    ['2024-02-29T00:00:00Z', '2024-02-29T00:00:00.000Z'],
    ['2016-12-31T23:59:60Z', '2017-01-01T00:00:00.000Z'],
    ['2017-01-01T00:59:60+01:00', '2017-01-01T00:00:00.000Z'],
    ['0050-01-01T00:00:00Z', '0050-01-01T00:00:00.000Z'],
    ['0000-01-01T01:00:00+01:00', '0000-01-01T00:00:00.000Z'],
    ['9999-12-31T22:59:59.999-01:00', '9999-12-31T23:59:59.999Z']
  ])('reads %s, which formatTimestamp writes as %s', (text, utc) => {
    expect(formatTimestamp(parseTimestamp(text) as Timestamp)).toBe(utc)
  })

  it.each([
    ['a day that is not in the calendar', '2026-02-30T00:00:00Z'],
    ['a month that is not in the calendar', '2026-13-01T00:00:00Z'],
    ['hour 24', '2026-03-02T24:00:00Z'],
    ['a leap second in the middle of a day', '2026-03-02T09:14:60Z'],
    ['no zone', '2026-03-02T09:14:07'],
    ['a zone without minutes', '2026-03-02T09:14:07+01'],
    ['a zone of a day', '2026-03-02T09:14:07+24:00'],
    ['a blank instead of the T', '2026-03-02 09:14:07Z'],
    ['a date alone', '2026-03-02'],
    ['a time before the year 0000 in UTC', '0000-01-01T00:59:59.999+01:00'],
    ['a time after the year 9999 in UTC', '9999-12-31T23:59:59-01:00'],
    ['a leap second after the year 9999', '9999-12-31T23:59:60Z'],
    ['a number', '1772442847'],
    ['a text around it', ' 2026-03-02T09:14:07Z']
  ])('does not read %s', (_what, text) => {
    expect(parseTimestamp(text)).toBeUndefined()
  })

  it('reads the same timestamp with and without zeros at its end', () => {
    expect(parseTimestamp('2026-03-02T00:00:00.5Z')).toEqual(parseTimestamp('2026-03-02T01:00:00.500+01:00'))
  })
})

describe('compareTimedEvents', () => {
  const sorted = (events: WireEvent[]) =>
    events.map((event) => compactEvent(structuredClone(event), new StringPool())).sort(compareTimedEvents)
  const sortedIds = (...times: string[]) =>
    sorted(
      times.map((occurred_at, index) => ({
        ...on(1, 'login', { user: 'u', id: `m${times.length - index}` }),
        occurred_at
      }))
    ).map(({ id }) => id)

  it.each([
    ['by time zone, not by text', '2026-03-02T01:00:00+02:00', '2026-03-02T00:00:00Z'],
    ['beyond milliseconds', '2026-03-02T00:00:00.0001Z', '2026-03-02T00:00:00.0002Z'],
    ['whatever the number of digits', '2026-03-02T00:00:00.15Z', '2026-03-02T00:00:00.2Z'],
    ['without digits first', '2026-03-02T00:00:00Z', '2026-03-02T00:00:00.0001Z']
  ])('sorts %s', (_how, earlier, later) => {
    expect([sortedIds(earlier, later), sortedIds(later, earlier)]).toEqual([
      ['m2', 'm1'],
      ['m1', 'm2']
    ])
  })

  it('sorts events of the same time by type, and then by id', () => {
    const events = [
      on(1, 'visit', { user: 'u', id: 'z' }),
      on(1, 'login', { user: 'u', id: 'c' }),
      { ...on(1, 'login', { user: 'u', id: 'b' }), occurred_at: '2026-01-01T13:00:00.000+01:00' }
    ]
    expect(sorted(events).map(({ id }) => id)).toEqual(['z', 'b', 'c'])
  })

  it('sorts the types of events at one time so that a user visits first and cancels last', () => {
    const types = ['visit', 'alias', 'signup', 'login', 'attribute', 'event', 'payment', 'refund', 'cancel'] as const
    const events = [...types].sort().map((type) => on(1, type, { user: 'u', previous_id: 'old' }))
    expect(sorted(events).map(({ type }) => type)).toEqual(types)
  })

  it('sorts ids by their code units', () => {
    const ids = ['B', 'a', 'é', '\ud83d\ude00', '\uff5e']
    const events = [...ids].reverse().map((id) => on(1, 'login', { user: 'u', id }))
    expect(sorted(events).map(({ id }) => id)).toEqual(ids)
  })
})
