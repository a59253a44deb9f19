import { PayloadValidationError } from '@segment/actions-core'
import { membersOf, nonBlank, normalizeCurrency, parseAmount, parseTimestamp, personId } from '../values'
import { requirePersonId, requireString, stringValue, undefinedIfEmpty } from '../values'

describe('parseAmount', () => {
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
  ])('parses %s as %d', (text, amount) => {
    expect(parseAmount('amount', text)).toBe(amount)
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
  ])('rejects %s, names the field, and does not repeat the value', (text) => {
    const attempt = () => parseAmount('amount', text)
    expect(attempt).toThrow(PayloadValidationError)
    expect(attempt).toThrow(/^amount is not a plain number\. Send an amount such as 19\.99/)
  })

  it.each([undefined, '', '  '])('rejects a missing or blank amount (%p)', (text) => {
    expect(() => parseAmount('amount', text)).toThrow("The root value is missing the required field 'amount'.")
  })
})

describe('parseTimestamp', () => {
  it.each([
    ['2026-03-02T09:14:07.120Z', '2026-03-02T09:14:07.120Z'],
    ['2026-03-02T09:14:07Z', '2026-03-02T09:14:07.000Z'],
    ['2026-03-02t09:14:07z', '2026-03-02T09:14:07.000Z'],
    ['2026-03-02T09:14:07.5Z', '2026-03-02T09:14:07.500Z'],
    ['2028-02-29T23:59:59.999Z', '2028-02-29T23:59:59.999Z'],
    ['2026-03-02T09:14:07.123456Z', '2026-03-02T09:14:07.123456Z'],
    ['2026-03-02T09:14:07.123456789Z', '2026-03-02T09:14:07.123456789Z'],
    ['2026-03-02T09:14:07.1234567891Z', '2026-03-02T09:14:07.123456789Z'],
    ['2026-03-02T09:14:07.100100+02:00', '2026-03-02T07:14:07.100100Z'],
    ['2026-03-02T09:14:07.1239-00:30', '2026-03-02T09:44:07.1239Z'],
    ['2026-03-04 05:06:07 UTC', '2026-03-04T05:06:07.000Z'],
    ['2026-03-04 05:06:07.25 UTC', '2026-03-04T05:06:07.250Z'],
    ['2026-03-04 05:06:07 GMT', '2026-03-04T05:06:07.000Z'],
    ['2026-03-04 05:06:07 +0000', '2026-03-04T05:06:07.000Z'],
    ['2026-03-04 05:06:07 -0130', '2026-03-04T06:36:07.000Z'],
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
    ['0000-02-29', '0000-02-29T00:00:00.000Z'],
    [' 2026-03-02 ', '2026-03-02T00:00:00.000Z'],
    ['1772442847', '2026-03-02T09:14:07.000Z'],
    ['1772442847.5', '2026-03-02T09:14:07.500Z'],
    ['1772442847.25', '2026-03-02T09:14:07.250Z'],
    ['1772442847.123456', '2026-03-02T09:14:07.123456Z'],
    ['1772442847.1234567891', '2026-03-02T09:14:07.123456789Z'],
    ['1772442847120', '2026-03-02T09:14:07.120Z'],
    ['1772442847120.5', '2026-03-02T09:14:07.1205Z'],
    ['1772442847120.1234567', '2026-03-02T09:14:07.120123456Z'],
    ['Tue, 03 Mar 2026 05:06:07 GMT', '2026-03-03T05:06:07.000Z'],
    ['0000-01-01T01:00:00+01:00', '0000-01-01T00:00:00.000Z'],
    ['9999-12-31T22:59:59.999-01:00', '9999-12-31T23:59:59.999Z']
  ])('parses %s as %s', (time, expected) => {
    expect(parseTimestamp('occurred_at', time)).toBe(expected)
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
    '2026-03-02 UTC',
    '2026-03-02T09:14:07 CET',
    '2026-03-02T09:14:07  +0000',
    '2026-03-02T09:14:07 UTC+1',
    'Mon, 03 Mar 2026 05:06:07 GMT',
    'Tue, 3 Mar 2026 05:06:07 GMT',
    'Tue, 03 Mar 2026 05:06:07 +0000',
    'Tue, 03 Mar 2026 05:06:07',
    'Invalid Date',
    '1772442847120.',
    '-1772442847',
    'NaN'
  ])('rejects %s and names the field', (time) => {
    expect(() => parseTimestamp('occurred_at', time)).toThrow(/^occurred_at is not a date\. Send an ISO 8601 date/)
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
  ])('rejects %s, which is almost in the wire format', (time) => {
    expect(() => parseTimestamp('occurred_at', time)).toThrow(/^occurred_at is not a date\./)
  })

  it.each([
    '0000-01-01T00:00:00+01:00',
    '0000-01-01T00:59:59.999+01:00',
    '9999-12-31T23:59:59-01:00',
    'Sat, 13 Sep 275760 00:00:00 GMT'
  ])('rejects %s, because its year in UTC has not four digits', (time) => {
    expect(() => parseTimestamp('occurred_at', time)).toThrow(
      /^occurred_at is, in UTC, before the year 0000 or after the year 9999\./
    )
  })

  it('rejects a missing time', () => {
    expect(() => parseTimestamp('occurred_at', undefined)).toThrow("missing the required field 'occurred_at'")
  })
})

describe('normalizeCurrency', () => {
  it.each([
    ['eur', 'EUR'],
    [' Gbp ', 'GBP'],
    [undefined, 'USD'],
    ['', 'USD'],
    [' ', 'USD']
  ])('gives for %p the code %s', (code, expected) => {
    expect(normalizeCurrency(code)).toBe(expected)
  })
})

describe('nonBlank', () => {
  it.each([undefined, '', ' ', '\t\n'])('gives undefined for %p', (text) => {
    expect(nonBlank(text)).toBeUndefined()
  })

  it('keeps the spaces around a string that is not blank', () => {
    expect(nonBlank(' 42 ')).toBe(' 42 ')
  })
})

describe('requireString', () => {
  it.each([undefined, '', ' ', '\t\n'])('rejects %p and names the field', (text) => {
    expect(() => requireString('name', text)).toThrow("The root value is missing the required field 'name'.")
  })

  it('keeps the spaces around a string that is not blank', () => {
    expect(requireString('name', ' 42 ')).toBe(' 42 ')
  })
})

describe('stringValue', () => {
  it.each([
    ['text ', 'text '],
    [42, '42'],
    [false, 'false'],
    [' ', undefined],
    [null, undefined],
    [undefined, undefined],
    [['a', 'b'], undefined],
    [{ a: 'b' }, undefined]
  ])('gives for %j the text %j', (value, text) => {
    expect(stringValue(value)).toBe(text)
  })
})

const PLACEHOLDERS = [
  'null',
  'Undefined',
  'NONE',
  'nan',
  'false',
  'True',
  '[object Object]',
  '00000000-0000-0000-0000-000000000000'
]

describe('personId', () => {
  it.each([...PLACEHOLDERS, ' null\n', undefined, '', ' '])('gives undefined for %j', (id) => {
    expect(personId(id)).toBeUndefined()
  })

  it.each([' 42\n', '42'])('gives the same ID for %j', (id) => {
    expect(personId(id)).toBe('42')
  })

  it.each(['0', 'nullable', 'falsehood', '00000000-0000-0000-0000-000000000001'])('keeps the ID %s', (id) => {
    expect(personId(id)).toBe(id)
  })
})

describe('requirePersonId', () => {
  it('gives the ID without the spaces around it', () => {
    expect(requirePersonId('previous_id', 'previousId', ' 42\t')).toBe('42')
  })

  it.each(PLACEHOLDERS)('says that %s is a placeholder, and does not repeat it', (id) => {
    const attempt = () => requirePersonId('previous_id', 'previousId', id)
    expect(attempt).toThrow(PayloadValidationError)
    expect(attempt).toThrow(/^previous_id is a placeholder, not an ID\. Check where your code sets the previousId\.$/)
  })

  it('says that an ID is blank', () => {
    expect(() => requirePersonId('previous_id', 'previousId', ' \n')).toThrow(
      'previous_id is blank. Check where your code sets the previousId.'
    )
  })

  it.each([undefined, ''])('says of %j what actions-core says of a missing field', (id) => {
    expect(() => requirePersonId('previous_id', 'previousId', id)).toThrow(
      "The root value is missing the required field 'previous_id'."
    )
  })
})

describe('membersOf', () => {
  it.each([{ a: 1 }, { '0': 'a', b: 1 }, { '1': 'a' }, { '0': 'a', '2': 'b' }, { a: null }])(
    'keeps the object %j',
    (object) => {
      expect(membersOf(object)).toBe(object)
    }
  )

  it.each([undefined, {}, { a: undefined }])('gives undefined for %j', (object) => {
    expect(membersOf(object)).toBeUndefined()
  })

  it.each([
    ['a text', 'text'],
    ['a text of a million characters', 'x'.repeat(1000000)],
    ['a list', ['a', 'b']],
    ['a list of lists', [['a']]],
    ['an empty list', []]
  ])('gives undefined for what was %s', (_, value) => {
    expect(membersOf(Object.assign({}, value as object) as Record<string, unknown>)).toBeUndefined()
  })
})

describe('undefinedIfEmpty', () => {
  it.each([{ a: null }, { a: false }, { a: 0 }, { a: '' }])('keeps %j, whose member is not undefined', (members) => {
    expect(undefinedIfEmpty(members)).toStrictEqual(members)
  })

  it('gives the object itself, so that JSON leaves out its undefined members', () => {
    const members = { a: undefined, b: 1 }
    expect(undefinedIfEmpty(members)).toBe(members)
    expect(JSON.stringify(undefinedIfEmpty(members))).toBe('{"b":1}')
  })

  it.each([{}, { a: undefined }])('gives undefined for %j', (members) => {
    expect(undefinedIfEmpty(members)).toBeUndefined()
  })
})
