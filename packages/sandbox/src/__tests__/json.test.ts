import { canonicalJson, MAX_DEPTH } from '../json'

const nested = (depth: number): unknown => JSON.parse('['.repeat(depth) + ']'.repeat(depth))

describe('canonical JSON', () => {
  it('is the same whatever the order of members', () => {
    expect(canonicalJson({ b: [{ d: 1, c: null }], a: 'x' })).toBe('{"a":"x","b":[{"c":null,"d":1}]}')
  })

  it('keeps the order of lists', () => {
    expect(canonicalJson([2, 1])).toBe('[2,1]')
  })

  it('keeps members that are named like parts of a prototype', () => {
    expect(canonicalJson(JSON.parse('{"constructor":1,"__proto__":{"a":2}}'))).toBe(
      '{"__proto__":{"a":2},"constructor":1}'
    )
  })

  it('writes zero in one way only', () => {
    expect(canonicalJson(-0)).toBe('0')
  })

  it('takes values of the greatest depth', () => {
    expect(canonicalJson(nested(MAX_DEPTH))).toHaveLength(2 * MAX_DEPTH)
  })

  it('refuses values that are deeper', () => {
    expect(canonicalJson(nested(MAX_DEPTH + 1))).toBeUndefined()
  })
})
