/**
 * Explanations: each one agrees with the verdict of Segment's own library, for generated triggers and calls.
 */
import { explainTrigger } from '@tractionboard/local-segment'
import { explanationFaults, triggersAndCalls } from '@tractionboard/testing/triggers'
import fc from 'fast-check'
import { formatCount, integerOptions, writeFigures } from '../shared/figures'

async function main(): Promise<void> {
  const { cases, seed } = integerOptions({ cases: 1_000_000, seed: 20260302 })
  const counts = { match: 0, 'do not match': 0, 'cannot be read by Segment': 0, 'are read differently than written': 0 }
  fc.assert(
    fc.property(triggersAndCalls, ([fql, call]) => {
      const explanation = explainTrigger(fql, call)
      const faults = explanationFaults(explanation, fql, call)
      if (faults.length > 0) throw new Error(`${fql}: ${faults.join('; ')}`)
      counts[explanation.matches ? 'match' : 'do not match'] += 1
      if (explanation.operator === undefined) counts['cannot be read by Segment'] += 1
      if (explanation.readAs !== undefined) counts['are read differently than written'] += 1
    }),
    { numRuns: cases, seed }
  )
  await writeFigures({
    id: 'explain',
    title: 'Explanations',
    command: 'npm run quality:explain',
    seed,
    text: [
      `${formatCount(cases)} generated pairs of a trigger and a call were explained. Every explanation agrees with the verdict of Segment's own library, every group with its parts, and every condition that does not match says why.`
    ],
    tables: [
      {
        head: ['Pairs that', 'Count'],
        rows: Object.entries(counts).map(([name, count]) => [name, formatCount(count)])
      }
    ]
  })
}

void main()
