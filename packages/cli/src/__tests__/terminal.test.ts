import { textTable } from '../report/layout'
import { escapeLine, escapeText, textWidth, truncate } from '../terminal'

describe('escapeLine', () => {
  it.each([
    ['C0 controls', 'a\u0000\u0007\u001b[31m\t\r\n', 'a\\u0000\\u0007\\u001b[31m\\u0009\\u000d\\u000a'],
    ['DEL and C1 controls', '\u007f\u0080\u009b31m\u009f', '\\u007f\\u0080\\u009b31m\\u009f'],
    ['characters that reorder text', '\u202eevil\u2066\u061c\u200f', '\\u202eevil\\u2066\\u061c\\u200f'],
    ['line and paragraph separators', '\u2028\u2029', '\\u2028\\u2029'],
    ['characters that nobody sees', 'a\u200b\ufeff\u00adb', 'a\\u200b\\ufeff\\u00adb'],
    ['tags, as two halves of a pair', '\u{e0041}', '\\udb40\\udc41'],
    ['halves of surrogate pairs', '\ud800a\udc00', '\\ud800a\\udc00']
  ])('writes %s as JSON writes them', (_, text, escaped) => {
    expect(escapeLine(text)).toBe(escaped)
    expect(JSON.parse(`"${escaped}"`)).toBe(text)
  })

  it.each(['naïve – “quoted” · 5 €', '日本語', 'Ελληνικά', 'עברית', 'می‌خواهم', '👩‍👧‍👦 🇩🇪', 'a\\u001b'])(
    'leaves %s as it is',
    (text) => expect(escapeLine(text)).toBe(text)
  )

  it('leaves JSON the same JSON', () => {
    const value = { 'k\u009b': ['\u202e', '\u001b', '\ud800', '\\'] }
    expect(JSON.parse(escapeLine(JSON.stringify(value)))).toEqual(value)
  })
})

describe('escapeText', () => {
  it('keeps line breaks', () => {
    expect(escapeText('a\u001b\nb')).toBe('a\\u001b\nb')
  })
})

describe('textWidth', () => {
  it.each([
    ['a', 1],
    ['日本', 4],
    ['ﾊﾝｶｸ', 4],
    ['e\u0301', 1],
    ['\u1112\u1161\u11ab', 2],
    ['ที่', 1],
    ['می‌خواهم', 7],
    ['👩‍👧‍👦', 2],
    ['🇩🇪', 2]
  ])('of %s is %d', (text, width) => {
    expect(textWidth(text)).toBe(width)
  })
})

describe('truncate', () => {
  it.each([
    ['abcdef', 6, 'abcdef'],
    ['abcdef', 5, 'abcd…'],
    ['日本語日本語', 6, '日本…'],
    ['ae\u0301x', 2, 'a…'],
    ['👩‍👧‍👦👩‍👧‍👦', 3, '👩‍👧‍👦…']
  ])('cuts %s to %d columns', (text, columns, cut) => {
    expect(truncate(text, columns)).toBe(cut)
  })
})

describe('textTable', () => {
  it('aligns wide, combining and control characters', () => {
    const names = ['ascii', '日本語', 'e\u0301a', 'ที่', '👩‍👧‍👦', '\u001b[31mred', 'two\nlines']
    const lines = textTable(
      names.map((name) => [name, '1']),
      ['left', 'right']
    )
    expect(lines).toHaveLength(names.length)
    expect(lines.map(textWidth)).toEqual(names.map(() => textWidth('two\\u000alines  1')))
    expect(lines.join('')).not.toMatch(/[\u001b\n]/)
  })

  it('cuts its first column if the lines would not fit into a section of 80 columns', () => {
    const [long, short] = textTable(
      [
        ['n'.repeat(200), '1,000', 'USD 5.00'],
        ['short', '1', '–']
      ],
      ['left', 'right', 'left']
    )
    expect(long).toHaveLength(78)
    expect(long).toMatch(/^n+… {2}1,000 {2}USD 5\.00$/)
    expect(short.indexOf('–')).toBe(long.indexOf('USD'))
  })

  it('goes on below with a cell of several lines', () => {
    expect(
      textTable(
        [
          ['a', ['USD 1.00', 'EUR 20.00'], '7'],
          ['b', '–', '8']
        ],
        ['left', 'left', 'right']
      )
    ).toEqual(['a  USD 1.00   7', '   EUR 20.00', 'b  –          8'])
  })
})
