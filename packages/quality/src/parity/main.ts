/**
 * Single is batch: arbitrary calls under arbitrary mappings lead to the same event on the wire, or to the same error,
 * alone and in a batch.
 */
import fc from 'fast-check'
import { casesOf } from './cases'
import type { Case } from './cases'
import { isSame, KNOWN_DIFFERENCES } from './known-differences'
import type { Difference } from './known-differences'
import { alone, inBatch } from './run'
import type { Verdict } from './run'
import { formatCount, integerOptions, writeFigures } from '../shared/figures'
import { ACTION_SLUGS } from '../shared/presets'

const emptyCount = () => ({
  batches: 0,
  calls: 0,
  delivered: 0,
  discarded: 0,
  retried: 0,
  otherwise: 0,
  filteredToOne: 0,
  known: Object.fromEntries(Object.keys(KNOWN_DIFFERENCES).map((id) => [id, 0]))
})

type Count = ReturnType<typeof emptyCount>

async function compare(slug: string, of: Case, count: Count): Promise<void> {
  const single = await alone(slug, of)
  const batch = await inBatch(slug, of)
  if (batch.verdicts.length !== of.calls.length)
    throw new Error(`${batch.verdicts.length} verdicts on ${of.calls.length} calls`)
  for (const index of of.calls.keys()) {
    const difference = {
      slug,
      of,
      index,
      alone: single.verdicts[index],
      inBatch: batch.verdicts[index],
      error: batch.error
    }
    if (!isSame(difference.alone, difference.inBatch)) count.known[await idOfKnown(difference)] += 1
  }
  const sameWire = JSON.stringify(single.wire) === JSON.stringify(batch.wire)
  if (!sameWire && batch.error === undefined)
    throw new Error(`wire:\nalone ${single.wire.join()}\nbatch ${batch.wire.join()}`)
  tally(count, single.verdicts, batch.wire.length)
}

/**
 * The id of the known difference that explains a difference.
 *
 * @throws Error if none does.
 */
async function idOfKnown(difference: Difference): Promise<string> {
  for (const [id, { matches }] of Object.entries(KNOWN_DIFFERENCES)) if (await matches(difference)) return id
  const { alone, inBatch } = difference
  throw new Error(`verdicts:\nalone ${JSON.stringify(alone)}\nbatch ${JSON.stringify(inBatch)}`)
}

function tally(count: Count, verdicts: Verdict[], sent: number): void {
  count.batches += 1
  count.calls += verdicts.length
  if (verdicts.length > 1 && sent === 1) count.filteredToOne += 1
  for (const { status } of verdicts) count[kindOf(status)] += 1
}

function kindOf(status: number | undefined) {
  if (status === 200) return 'delivered'
  if (status === 400) return 'discarded'
  return status === undefined || status === 401 ? 'otherwise' : 'retried'
}

async function run(slug: string, cases: number, seed: number): Promise<Count> {
  const count = emptyCount()
  const property = fc.asyncProperty(casesOf(slug), (of) => compare(slug, of, count))
  await fc.assert(property, { numRuns: cases, seed })
  return count
}

const sum = (counts: Count[], of: (count: Count) => number) => counts.reduce((total, count) => total + of(count), 0)

async function main(): Promise<void> {
  const { cases, seed } = integerOptions({ cases: 200_000, seed: 20260302 })
  const counts: Count[] = []
  for (const [index, slug] of ACTION_SLUGS.entries()) {
    counts.push(await run(slug, Math.ceil(cases / ACTION_SLUGS.length), seed + index))
    console.log(slug, JSON.stringify(counts.at(-1)))
  }
  const total = (of: (count: Count) => number) => formatCount(sum(counts, of))
  await writeFigures({
    id: 'parity',
    title: 'Single is batch',
    command: 'npm run quality:parity',
    seed,
    text: [
      `${total(({ batches }) => batches)} arbitrary batches under arbitrary mappings, with ${total(({ calls }) => calls)} calls, each sent in its batch and alone. The event on the wire, or the status, the code and the message of the error, were the same, except for the known differences below. Of the batches with several calls, ${total(({ filteredToOne }) => filteredToOne)} were reduced to one event.`
    ],
    tables: [
      {
        head: ['action', 'batches', 'calls', 'delivered', 'discarded (400)', 'to be retried', 'other errors'],
        rows: ACTION_SLUGS.map((slug, index) => {
          const { batches, calls, delivered, discarded, retried, otherwise } = counts[index]
          return [`\`${slug}\``, ...[batches, calls, delivered, discarded, retried, otherwise].map(formatCount)]
        })
      },
      {
        caption: 'The known differences. Each case was verified to be nothing else.',
        head: ['difference', 'calls'],
        rows: Object.entries(KNOWN_DIFFERENCES).map(([id, { description }]) => [
          description,
          total(({ known }) => known[id])
        ])
      }
    ]
  })
}

void main()
