/**
 * Speed: the throughput of each action, single and in batches, relative to a baseline: the same definition with actions
 * that do nothing.
 */
import { BATCH_SIZE, workloads } from './workloads'
import type { Workload, Run } from './workloads'
import { profile } from './profile'
import type { Profile, Share } from './profile'
import { formatCount, integerOptions, writeFigures } from '../shared/figures'

const TARGET = 0.8

/** The median and the quartiles around it. */
interface Quartiles {
  low: number
  median: number
  high: number
}

/** The processor time of a run in microseconds: unlike wall time, other work on the machine does not count. */
async function timeOf(run: Run, times: number): Promise<number> {
  const start = process.cpuUsage()
  for (let time = 0; time < times; time += 1) await run()
  const { user, system } = process.cpuUsage(start)
  return user + system
}

/** The throughput relative to the baseline's. Both alternate, so that changes of the machine's speed affect both. */
async function compare({ ours, baseline }: Workload['batch'], times: number, rounds: number): Promise<Quartiles> {
  const ratios: number[] = []
  for (let round = -WARM_UP_ROUNDS; round < rounds; round += 1) {
    const isBaselineFirst = round % 2 === 0
    const before = isBaselineFirst ? await timeOf(baseline, times) : 0
    const time = await timeOf(ours, times)
    const baselineTime = isBaselineFirst ? before : await timeOf(baseline, times)
    if (round >= 0) ratios.push(baselineTime / time)
  }
  return quartilesOf(ratios)
}

/** Warm-up rounds, which are not counted. */
const WARM_UP_ROUNDS = 5

/** Several, so that each round has its share of garbage collection. */
const BATCHES_PER_ROUND = 5

function quartilesOf(values: number[]): Quartiles {
  const sorted = [...values].sort((a, b) => a - b)
  const at = (part: number) => sorted[Math.round(part * (sorted.length - 1))]
  return { low: at(0.25), median: at(0.5), high: at(0.75) }
}

const cells = ({ low, median, high }: Quartiles) => [median.toFixed(2), `${low.toFixed(2)} to ${high.toFixed(2)}`]

const describeQuartiles = (quartiles: Quartiles) => `${cells(quartiles)[0]} (${cells(quartiles)[1]})`

const percent = (share: number) => `${(share * 100).toFixed(1)} %`

const rowsOf = (shares: Share[], count: number) =>
  shares.slice(0, count).map(({ name, share }) => [name, percent(share)])

async function profiled(rounds: number): Promise<Profile> {
  const batches = workloads().map(({ batch }) => batch.ours)
  const run = async (rounds: number) => {
    for (let round = 0; round < rounds; round += 1) for (const batch of batches) await batch()
  }
  await run(WARM_UP_ROUNDS)
  return profile(() => run(rounds))
}

async function main(): Promise<void> {
  const { rounds } = integerOptions({ rounds: 31 })
  const isProfileOnly = process.argv.includes('--profile')
  if (isProfileOnly) return console.dir(await profiled(rounds), { depth: null })

  const measured = []
  for (const { slug, batch, single } of workloads()) {
    const one = {
      slug,
      batch: await compare(batch, BATCHES_PER_ROUND, rounds),
      single: await compare(single, 1, rounds)
    }
    console.log(`${slug}: batch ${describeQuartiles(one.batch)}, single ${describeQuartiles(one.single)}`)
    measured.push(one)
  }
  const { packages, action, functions } = await profiled(rounds)
  const slowest = Math.min(...measured.map(({ batch }) => batch.median))
  await writeFigures({
    id: 'speed',
    title: 'Speed',
    command: 'npm run bench',
    text: [
      `The throughput relative to a baseline: the same definition with actions that do nothing, so that actions-core does the same mapping and validation in both. 1 is the baseline itself. ${formatCount(rounds)} rounds an action, alternating, each of ${BATCHES_PER_ROUND} batches of ${formatCount(BATCH_SIZE)} calls, or of as many single calls as one batch has; processor time, with HTTP stubbed. In batches the slowest action reaches ${slowest.toFixed(2)}; the target is ${TARGET}.`,
      `Where the time of a batch goes, under V8's profiler: ${percent(action)} of it is spent in the destination's functions and what they call, and the rest in actions-core. Most of it is spent by ${packages[0].name} (${percent(packages[0].share)}).`
    ],
    tables: [
      {
        head: ['action', 'batch', 'half of the rounds', 'single', 'half of the rounds'],
        rows: measured.map(({ slug, batch, single }) => [`\`${slug}\``, ...cells(batch), ...cells(single)])
      },
      { caption: 'Time by package, of a whole batch:', head: ['package', 'share'], rows: rowsOf(packages, 8) },
      {
        caption: 'Time by function, within the destination:',
        head: ['function', 'share'],
        rows: rowsOf(functions, 10)
      }
    ]
  })
}

void main()
