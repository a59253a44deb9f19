import { CASE_SPEND_USD, CASES } from '../cases'
import { reference } from '../reference'
import { testFolder } from '../test-folder'

const folder = testFolder()
afterAll(() => folder.remove())

describe('reference', () => {
  it.each(CASES)('has the right numbers for the case $name', ({ name, lines, right }) => {
    const { malformed = [], ...numbers } = right
    const file = folder.write(`${name}.ndjson`, lines)
    const result = reference([file], [{ currency: 'USD', amount: CASE_SPEND_USD }])
    expect(result).toMatchObject(numbers)
    expect(result.malformedLines.map(({ line }) => line)).toEqual(malformed)
  })
})
