import { emptyReport, incompleteReason, type ReplayReport } from '../report'

const rejection = (retriesExhausted: boolean) => ({ action: 'a', reason: 'r', retriesExhausted, calls: [] })
const malformed = { file: 'f', line: 1, problem: 'is not JSON' }

describe('incompleteReason', () => {
  it.each<[string, Partial<ReplayReport>]>([
    ['nothing was read', {}],
    [
      'each call was delivered, a duplicate, or for no mapping',
      { read: 6, accepted: 1, duplicates: 2, notSubscribed: 3 }
    ]
  ])('is undefined if %s', (_, counts) => {
    expect(incompleteReason({ ...emptyReport(), ...counts })).toBeUndefined()
  })

  it.each<[string, Partial<ReplayReport>, string]>([
    ['a call was rejected', { rejected: 1, rejections: [rejection(false)] }, '1 call was rejected.'],
    [
      'calls may be accepted later',
      { rejected: 1200, rejections: [rejection(false), rejection(true)] },
      '1,200 calls were rejected. Run the same command again: nothing is counted twice.'
    ],
    ['a line is no call', { malformedLines: [malformed] }, '1 line is no call.'],
    ['a file was not read to its end', { readErrors: ['x'] }, '1 file was not read to its end.'],
    [
      'there are several reasons',
      { rejected: 1, malformedLines: [malformed, malformed], readErrors: ['x', 'y'] },
      '1 call was rejected, 2 lines are no calls, 2 files were not read to their end.'
    ]
  ])('says so if %s', (_, counts, reason) => {
    expect(incompleteReason({ ...emptyReport(), ...counts })).toBe(`Not everything was delivered: ${reason}`)
  })
})
