import type { SegmentEvent } from '@segment/actions-core'
import { explanationFaults, triggersAndCalls } from '@tractionboard/testing/triggers'
import fc from 'fast-check'
import { explainTrigger } from '../explain'

const call = {
  type: 'track',
  event: 'Payment made',
  userId: null,
  properties: { total: '5', vip: true, long: 'x'.repeat(100) }
} as unknown as SegmentEvent

describe('explainTrigger', () => {
  it('tells which condition does not match, and why', () => {
    expect(explainTrigger('type = "track" and userId != null', call)).toEqual({
      matches: false,
      text: 'type = "track" and userId != null',
      operator: 'and',
      parts: [
        { matches: true, text: 'type = "track"', parts: [], value: '"track"' },
        { matches: false, text: 'userId != null', parts: [], value: 'null', problem: 'it is null' }
      ]
    })
  })

  it.each([
    ['event = "Payment Made"', 'it is "Payment made"'],
    ['properties.total > 4', 'it is "5", which is not a number'],
    ['properties.vip = "true"', 'it is true, which is not text'],
    ['contains(properties.vip, "t")', 'it is true, which is not text'],
    ['traits.email != null', 'it is missing'],
    ['properties.long = "y"', `it is "${'x'.repeat(58)}…`]
  ])('says of %s that %s', (fql, problem) => {
    const { matches, parts } = explainTrigger(fql, call)
    expect({ matches, problem: parts[0].problem }).toEqual({ matches: false, problem })
  })

  it.each([
    ['type = "track" and anonymousId = "a"', 'type = "track"'],
    ['type = "page" and event = "a" or userId = null', 'type = "page" or event = "a" or userId = null'],
    ['!(type = "page")', 'type = "page"']
  ])('says that Segment reads %s as %s', (fql, readAs) => {
    expect(explainTrigger(fql, call).readAs).toBe(readAs)
  })

  it('says nothing of a trigger that Segment reads as it is written', () => {
    expect(explainTrigger('type="track" and (event = "a" or event = "b")', call)).not.toHaveProperty('readAs')
  })

  it('explains a group within a trigger', () => {
    const { parts } = explainTrigger('type = "track" and (event = "a" or userId = null)', call)
    expect(parts[1]).toMatchObject({ matches: true, operator: 'or', parts: [{ matches: false }, { matches: true }] })
  })

  it('says that Segment cannot read a trigger', () => {
    const { matches, problem } = explainTrigger('type = "track', call)
    expect({ matches, problem }).toEqual({
      matches: false,
      problem: 'Segment cannot read this trigger, so no call matches it'
    })
  })

  it('agrees with the verdict of Segment on generated triggers and calls', () => {
    fc.assert(
      fc.property(triggersAndCalls, ([fql, generated]) => {
        expect(explanationFaults(explainTrigger(fql, generated), fql, generated)).toEqual([])
      }),
      { numRuns: 20_000, seed: 20260302 }
    )
  })
})
