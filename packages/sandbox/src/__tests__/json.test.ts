import { canonicalJson, MAX_DEPTH } from '../json'

const nested = (depth: number): unknown => JSON.parse('['.repeat(depth) + ']'.repeat(depth))

describe('canonicalJson', () => {
  it('gives the same text whatever the order of members', () => {
    expect(canonicalJson({ b: [{ d: 1, c: null }], a: 'x' })).toBe('{"a":"x","b":[{"c":null,"d":1}]}')
  })

  it('keeps the order of lists', () => {
    expect(canonicalJson([2, 1])).toBe('[2,1]')
  })

  it('keeps members named like parts of a prototype', () => {
    expect(canonicalJson(JSON.parse('{"constructor":1,"__proto__":{"a":2}}'))).toBe(
      '{"__proto__":{"a":2},"constructor":1}'
    )
  })

  it('writes zero and minus zero alike', () => {
    expect(canonicalJson(-0)).toBe('0')
  })

  it('accepts a value of the greatest depth', () => {
    expect(canonicalJson(nested(MAX_DEPTH))).toHaveLength(2 * MAX_DEPTH)
  })

  it('gives undefined for a deeper value', () => {
    expect(canonicalJson(nested(MAX_DEPTH + 1))).toBeUndefined()
  })
})
