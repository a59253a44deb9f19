import { compareInstants, formatInstant, parseInstant, type Instant } from '../model/instant'

describe('an instant', () => {
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
    ['0050-01-01T00:00:00Z', '0050-01-01T00:00:00.000Z']
  ])('is read from %s', (text, utc) => {
    expect(formatInstant(parseInstant(text) as Instant)).toBe(utc)
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
    ['a number', '1772442847'],
    ['a text around it', ' 2026-03-02T09:14:07Z']
  ])('is not read from %s', (_what, text) => {
    expect(parseInstant(text)).toBeUndefined()
  })

  it.each([
    ['by zone, not by text', '2026-03-02T01:00:00+02:00', '2026-03-02T00:00:00Z'],
    ['beyond milliseconds', '2026-03-02T00:00:00.0001Z', '2026-03-02T00:00:00.0002Z'],
    ['whatever the number of digits', '2026-03-02T00:00:00.15Z', '2026-03-02T00:00:00.2Z']
  ])('is compared %s', (_how, earlier, later) => {
    expect(compareInstants(parseInstant(earlier) as Instant, parseInstant(later) as Instant)).toBeLessThan(0)
  })

  it('is the same with zeros at its end', () => {
    const [short, long] = ['2026-03-02T00:00:00.5Z', '2026-03-02T01:00:00.500+01:00'].map(parseInstant)
    expect(compareInstants(short as Instant, long as Instant)).toBe(0)
  })
})
