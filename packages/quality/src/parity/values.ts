import fc from 'fast-check'

const long = (length: number) => 'x'.repeat(length)

/** Parsed, because in a literal `__proto__` would set the prototype. */
const json = (text: string) => JSON.parse(text) as unknown

/** Strings that look blank, or like another type. */
const TEXTS = [
  ...['', ' ', '\t\n', '\u00a0', '\u200b', '\u0000', '\ufeff'],
  ...['null', 'undefined', 'true', 'false', 'NaN', 'Infinity', '-Infinity', '[object Object]', '{}', '[]'],
  ...['None', ' NULL ', '00000000-0000-0000-0000-000000000000', ' user-1', 'user-1\n', '\tvisitor-1', 'HRK', 'XAU'],
  ...[
    '0',
    '-0',
    '1',
    '10.50',
    ' 10 ',
    '-5',
    '+5',
    '.5',
    '5.',
    '1e3',
    '1e+21',
    '0x10',
    '0b11',
    '0o7',
    '1,000',
    '$5',
    '٣'
  ],
  ...['ａ', 'é', 'e\u0301', 'ß', 'İ', '😀', '👩‍👩‍👧', '\ud800', '\udc00x', 'x\ud83d', '\u202eabc', '日本語'],
  ...[
    '__proto__',
    'constructor',
    'toString',
    '$.userId',
    '{{userId}}',
    '@path',
    '../..',
    "'; drop table",
    '<b>',
    '%00'
  ],
  ...['page', 'screen', 'eur', 'USD', 'user-1', long(300), long(40_000)]
]

/** Edge cases of numbers. */
const NUMBERS = [
  ...[0, -0, 1, -1, 5, 16, 19.99, -12.5, 0.1 + 0.2, 5e-7, 1e21, 1e308],
  ...[NaN, Infinity, -Infinity, Number.MAX_SAFE_INTEGER, Number.MIN_VALUE, 2 ** 53]
]

/** Dates in many formats, and values that are almost dates. */
export const DATES: unknown[] = [
  ...['2026-03-02 05:06:07 UTC', '2026-03-02 05:06:07 +0000', '2026-03-02T09:14:07.123456Z'],
  ...['2026-03-02T09:14:07.120Z', '2026-03-02T09:14:07+02:00', '2026-03-02T09:14:07-0330', '2026-03-02 09:14'],
  ...[
    '2026-03-02',
    '2024-02-29',
    '0099-12-31',
    '2026-03-02t09:14:07z',
    ' 2026-03-02 ',
    '2026-03-02T09:14:07.123456789Z'
  ],
  ...[
    '2026-02-30',
    '2026-13-01',
    '2025-02-29',
    '2026-03-02T24:00:00Z',
    '2026-03-02T09:14:60Z',
    '02.03.2026',
    '2026',
    '20260302'
  ],
  ...['yesterday', 'foo 1', 'Mon, 02 Mar 2026 09:14:07 GMT', '+275760-09-13T00:00:00Z', '9999-12-31T23:59:59+23:59'],
  ...[1772442847, 1772442847120, 1772442847.5, '1772442847', '1772442847120', '1772442847.5', -1772442847, 1e12, 1e13],
  ...['0000-01-01', '0000-01-01T00:00:00+23:59', '9999-12-31T23:59:59-23:59', '2026-03-02T09:14:07+99:99']
]

/** Date objects: not JSON, but actions-core's type of a call allows them as timestamps. */
export const DATE_OBJECTS: unknown[] = [new Date('2026-03-02T09:14:07.120Z'), new Date(NaN)]

/** Objects and arrays where a string is expected, some with members that JavaScript treats specially. */
const CONTAINERS: unknown[] = [
  {},
  [],
  [[]],
  [null],
  ['a'],
  ['5'],
  [5],
  ['a', 'b'],
  [{}],
  { 0: 'a', 1: 'b' },
  { a: null },
  { a: { b: { c: null } } },
  { a: undefined },
  { a: [null, { b: '' }] },
  { '': '' },
  { $: 1, '@path': '$.userId' },
  json('{"__proto__": {"url": "polluted"}}'),
  json('{"__proto__": null, "a": 1}'),
  json('{"a": {"__proto__": {"b": 1}}}'),
  json('{"constructor": {"prototype": {"c": 1}}, "toString": 5, "hasOwnProperty": null, "valueOf": "x", "toJSON": 1}'),
  json('{"length": 3, "0": "a", "then": 1}'),
  { [long(1_000)]: long(1_000) }
]

const PLAIN: unknown[] = [null, undefined, true, false]

/** Any value: mostly one of the edge cases above. */
export const anything: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom<unknown>(...TEXTS) },
  { weight: 3, arbitrary: fc.constantFrom<unknown>(...NUMBERS) },
  { weight: 3, arbitrary: fc.constantFrom(...DATES) },
  { weight: 3, arbitrary: fc.constantFrom(...CONTAINERS) },
  { weight: 3, arbitrary: fc.constantFrom(...PLAIN) },
  { weight: 2, arbitrary: fc.string({ unit: 'binary', maxLength: 8 }) },
  { weight: 1, arbitrary: fc.double() },
  { weight: 1, arbitrary: fc.jsonValue({ maxDepth: 3 }) }
)
