import { PayloadValidationError } from '@segment/actions-core'
import { currency, filled, instant, money, present, required } from '../values'

describe('money', () => {
  it.each([
    ['19.99', 19.99],
    [' 10 ', 10],
    ['0', 0],
    ['-5', -5],
    ['+5', 5],
    ['.5', 0.5],
    ['.55', 0.55],
    ['5.', 5],
    ['0010.50', 10.5],
    ['5.551115123125783e-17', 5.551115123125783e-17],
    ['1e+21', 1e21]
  ])('takes %s for %d', (text, amount) => {
    expect(money('amount', text)).toBe(amount)
  })

  it.each([
    '$5',
    'true',
    'false',
    '0x10',
    '0b11',
    '0o7',
    'Infinity',
    '-Infinity',
    'NaN',
    '1,000',
    '1 000',
    '1e3',
    '1E+21',
    '5 USD',
    '--5',
    '.',
    '1.2.3',
    '٣',
    'null',
    '9'.repeat(400)
  ])('refuses %s, names the field, and does not repeat the value', (text) => {
    const attempt = () => money('amount', text)
    expect(attempt).toThrow(PayloadValidationError)
    expect(attempt).toThrow(/^amount is not a plain number\. Send an amount such as 19\.99/)
  })

  it.each([undefined, '', '  '])('misses what is not there (%p)', (text) => {
    expect(() => money('amount', text)).toThrow("The root value is missing the required field 'amount'.")
  })
})

describe('instant', () => {
  it.each([
    ['2026-03-02T09:14:07.120Z', '2026-03-02T09:14:07.120Z'],
    ['2026-03-02T09:14:07Z', '2026-03-02T09:14:07.000Z'],
    ['2026-03-02t09:14:07z', '2026-03-02T09:14:07.000Z'],
    ['2026-03-02T09:14:07.5Z', '2026-03-02T09:14:07.500Z'],
    ['2028-02-29T23:59:59.999Z', '2028-02-29T23:59:59.999Z'],
    ['2026-03-02T09:14:07.123456Z', '2026-03-02T09:14:07.123Z'],
    ['2026-03-02T09:14:07+02:00', '2026-03-02T07:14:07.000Z'],
    ['2026-03-02T09:14:07-0330', '2026-03-02T12:44:07.000Z'],
    ['2026-03-02T09:14:07+14:00', '2026-03-01T19:14:07.000Z'],
    ['2026-03-02T09:14:07+02', '2026-03-02T07:14:07.000Z'],
    ['2026-03-02 09:14', '2026-03-02T09:14:00.000Z'],
    ['2026-03-02T09:14:07', '2026-03-02T09:14:07.000Z'],
    ['2026-03-02', '2026-03-02T00:00:00.000Z'],
    ['2024-02-29', '2024-02-29T00:00:00.000Z'],
    ['2026-01-01T23:59:59Z', '2026-01-01T23:59:59.000Z'],
    ['2026-12-31T00:00:00Z', '2026-12-31T00:00:00.000Z'],
    ['0099-12-31', '0099-12-31T00:00:00.000Z'],
    [' 2026-03-02 ', '2026-03-02T00:00:00.000Z'],
    [1772442847, '2026-03-02T09:14:07.000Z'],
    ['1772442847.5', '2026-03-02T09:14:07.500Z'],
    ['1772442847.25', '2026-03-02T09:14:07.250Z'],
    [1772442847120, '2026-03-02T09:14:07.120Z']
  ])('takes %s for %s', (time, expected) => {
    expect(instant('occurred_at', time)).toBe(expected)
  })

  it.each([
    'foo 1',
    '1',
    '12345',
    '17724428471200',
    '2026',
    '2026-13-01',
    '2026-00-10',
    '2026-02-30',
    '2025-02-29',
    '2026-03-00',
    '2026-03-02T24:00:00Z',
    '2026-03-02T09:60:00Z',
    '2026-03-02T09:14:60Z',
    '2026-03-02T09:14:07 Z+1',
    '2026-03-02T09:14:07+02:60',
    '2026-03-02T09:14:07+15:00',
    '2026-03-02T09:14:07+99:00',
    '02.03.2026',
    'yesterday',
    '2026-3-2',
    'on 2026-03-02',
    -1772442847,
    NaN
  ])('refuses %s and names the field', (time) => {
    expect(() => instant('occurred_at', time)).toThrow(/^occurred_at is not a date\. Send an ISO 8601 date/)
  })

  it.each([
    'year-03-02T09:14:07.000Z',
    '6-03-02T09:14:07.000Z',
    '2026-00-02T09:14:07.000Z',
    '2026-13-02T09:14:07.000Z',
    '2026-03-00T09:14:07.000Z',
    '2026-03-1xT09:14:07.000Z',
    '2026-02-29T09:14:07.000Z',
    '2026-03-32T09:14:07.000Z',
    '2026-03-02T1x:14:07.000Z',
    '2026-03-02T24:14:07.000Z',
    '2026-03-02T90:14:07.000Z',
    '2026-03-02T09:60:07.000Z',
    '2026-03-02T09:1x:07.000Z',
    '2026-03-02T09:14:60.000Z',
    '2026-03-02T09:14:0x.000Z',
    '2026-03-02T09:14:07.xxxZ',
    'on 2026-03-02T09:14:07.000Z',
    '2026-03-02T09:14:07.000Z+1'
  ])('refuses %s, which almost has the form of the wire', (time) => {
    expect(() => instant('occurred_at', time)).toThrow(/^occurred_at is not a date\./)
  })

  it('misses what is not there', () => {
    expect(() => instant('occurred_at', undefined)).toThrow("missing the required field 'occurred_at'")
  })
})

describe('currency', () => {
  it.each([
    ['eur', 'EUR'],
    [' Gbp ', 'GBP'],
    [undefined, 'USD'],
    ['', 'USD'],
    [' ', 'USD']
  ])('takes %p for %s', (code, expected) => {
    expect(currency(code)).toBe(expected)
  })
})

describe('what is blank', () => {
  it.each([undefined, '', ' ', '\t\n'])('counts as absent (%p)', (text) => {
    expect(present(text)).toBeUndefined()
    expect(() => required('name', text)).toThrow("The root value is missing the required field 'name'.")
  })

  it('is only what has no character in it: an id keeps its spaces', () => {
    expect(present(' 42 ')).toBe(' 42 ')
    expect(required('name', ' 42 ')).toBe(' 42 ')
  })
})

describe('filled', () => {
  it('leaves out what is undefined, and keeps null, false, zero and empty texts', () => {
    expect(filled({ a: undefined, b: null, c: false, d: 0, e: '' })).toEqual({ b: null, c: false, d: 0, e: '' })
  })

  it('is nothing if nothing is left', () => {
    expect(filled({ a: undefined })).toBeUndefined()
  })
})
