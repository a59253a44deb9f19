import type { SegmentEvent } from '@segment/actions-core'
import { noCounts } from '../counts'
import { type Block, newBlock } from '../delivery/blocks'
import { addBlock, emptyReport, incompleteReason, type ReplayReport } from '../report'

const archives = (unreadable: number) => ({ listed: 2, deliveredBefore: 0, unreadable })

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
    ['a call was rejected', { rejected: 1 }, '1 call was rejected.'],
    ['calls were rejected', { rejected: 1200 }, '1,200 calls were rejected.'],
    ['a line is no call', { malformed: 1 }, '1 line is no call.'],
    ['an archive was not read to its end', { archives: archives(1) }, '1 archive was not read to its end.'],
    ['the run ended early', { stopped: { kind: 'interrupted', message: '' } }, 'the run ended early.'],
    [
      'a call was rejected in an earlier run',
      { ledger: { file: 'f', totals: { ...noCounts(), rejected: 1 } } },
      '1 call was rejected.'
    ],
    [
      'there are several reasons',
      { rejected: 1, malformed: 2, archives: archives(2) },
      '1 call was rejected, 2 lines are no calls, 2 archives were not read to their end.'
    ]
  ])('says so if %s', (_, counts, reason) => {
    expect(incompleteReason({ ...emptyReport(), ...counts })).toBe(`Not everything was delivered: ${reason}`)
  })
})

describe('addBlock', () => {
  const letter = (line: number, reason = 'no') => {
    const call: SegmentEvent = { type: 'track', messageId: `m-${line}` }
    return { file: 'f', line, call, action: 'pay', reason, retriesExhausted: false, offset: line - 1 }
  }
  const block = (more: Partial<Block>): Block => ({
    ...newBlock({ archive: { name: 'f', open: () => [] as never }, sentUpTo: 0 }, 0, [], true),
    ...more
  })

  it('adds up counts and accepted events by action', () => {
    const report = emptyReport()
    addBlock(report, block({ counts: { ...noCounts(), read: 2, accepted: 2 }, actions: { pay: 2 } }))
    addBlock(
      report,
      block({ counts: { ...noCounts(), read: 3, accepted: 2, rejected: 1 }, actions: { pay: 1, visit: 1 } })
    )
    expect(report).toMatchObject({ read: 5, accepted: 4, rejected: 1, actions: { pay: 3, visit: 1 } })
  })

  it('keeps only the first calls of a reason, and counts all', () => {
    const report = emptyReport()
    addBlock(report, block({ deadLetters: Array.from({ length: 1000 }, (_, index) => letter(index + 1)) }))
    expect(report.rejections).toMatchObject([{ reason: 'no', count: 1000 }])
    expect(report.rejections[0].calls.map(({ line }) => line)).toEqual(Array.from({ length: 30 }, (_, i) => i + 1))
  })

  it('keeps only the first malformed lines', () => {
    const report = emptyReport()
    const malformedLines = Array.from({ length: 40 }, (_, index) => ({
      file: 'f',
      line: index + 1,
      problem: 'is not JSON'
    }))
    addBlock(report, block({ malformedLines }))
    addBlock(report, block({ malformedLines }))
    expect(report.malformedLines.map(({ line }) => line)).toEqual(Array.from({ length: 30 }, (_, i) => i + 1))
  })

  it('puts rejections together once there are too many reasons', () => {
    const report = emptyReport()
    addBlock(
      report,
      block({ deadLetters: Array.from({ length: 150 }, (_, index) => letter(index + 1, `no ${index}`)) })
    )
    expect(report.rejections).toHaveLength(101)
    expect(report.rejections[100]).toMatchObject({ reason: 'other reasons', count: 50 })
  })
})
