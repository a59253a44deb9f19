/**
 * Speed: the throughput of each action, single and in batches, as a part of what actions-core leaves: the same
 * definition with actions that do nothing.
 */
import { CALLS_OF_A_LOAD, loads } from './load'
import type { Load, Run } from './load'
import { profile } from './profile'
import type { Profile, Share } from './profile'
import { counted, numbers, record } from '../shared/figures'

const TARGET = 0.8

/** A median with the quarters around it. */
interface Spread {
  low: number
  median: number
  high: number
}

/** The processor's time, that of its helpers included: what else the machine does is not in it. */
async function timeOf(run: Run, times: number): Promise<number> {
  const start = process.cpuUsage()
  for (let time = 0; time < times; time += 1) await run()
  const { user, system } = process.cpuUsage(start)
  return user + system
}

/** The throughput as a part of the floor's, in rounds that alternate, so that both meet the same weather. */
async function compare({ ours, floor }: Load['batch'], times: number, rounds: number): Promise<Spread> {
  const ratios: number[] = []
  for (let round = -WARM_UP; round < rounds; round += 1) {
    const isFloorFirst = round % 2 === 0
    const before = isFloorFirst ? await timeOf(floor, times) : 0
    const time = await timeOf(ours, times)
    const floorTime = isFloorFirst ? before : await timeOf(floor, times)
    if (round >= 0) ratios.push(floorTime / time)
  }
  return spreadOf(ratios)
}

/** Rounds that are not counted. */
const WARM_UP = 5

/** How often a batch is sent in a round, so that each round has its part of the garbage collector's work. */
const BATCHES_OF_A_ROUND = 5

function spreadOf(values: number[]): Spread {
  const sorted = [...values].sort((a, b) => a - b)
  const at = (part: number) => sorted[Math.round(part * (sorted.length - 1))]
  return { low: at(0.25), median: at(0.5), high: at(0.75) }
}

const told = ({ low, median, high }: Spread) => [median.toFixed(2), `${low.toFixed(2)} to ${high.toFixed(2)}`]

const inWords = (spread: Spread) => `${told(spread)[0]} (${told(spread)[1]})`

const percent = (share: number) => `${(share * 100).toFixed(1)} %`

const rowsOf = (shares: Share[], count: number) =>
  shares.slice(0, count).map(({ name, share }) => [name, percent(share)])

async function profiled(rounds: number): Promise<Profile> {
  const batches = loads().map(({ batch }) => batch.ours)
  const run = async (rounds: number) => {
    for (let round = 0; round < rounds; round += 1) for (const batch of batches) await batch()
  }
  await run(WARM_UP)
  return profile(() => run(rounds))
}

async function main(): Promise<void> {
  const { rounds } = numbers({ rounds: 31 })
  const isProfileOnly = process.argv.includes('--profile')
  if (isProfileOnly) return console.dir(await profiled(rounds), { depth: null })

  const measured = []
  for (const { slug, batch, single } of loads()) {
    const one = {
      slug,
      batch: await compare(batch, BATCHES_OF_A_ROUND, rounds),
      single: await compare(single, 1, rounds)
    }
    console.log(`${slug}: batch ${inWords(one.batch)}, single ${inWords(one.single)}`)
    measured.push(one)
  }
  const { packages, action, functions } = await profiled(rounds)
  const slowest = Math.min(...measured.map(({ batch }) => batch.median))
  await record({
    id: 'speed',
    title: 'Speed',
    command: 'npm run bench',
    text: [
      `The throughput as a part of the floor's: the same definition, whose actions do nothing, so that actions-core does the same mapping and validation in both. 1 is the floor itself. ${counted(rounds)} rounds an action, in turns, each of ${BATCHES_OF_A_ROUND} batches of ${counted(CALLS_OF_A_LOAD)} calls, or of as many single calls as one batch has; processor time, with HTTP answered by a function. In batches the slowest action has ${slowest.toFixed(2)}; the target is ${TARGET}.`,
      `Where the time of a batch goes, under V8's profiler: ${percent(action)} of it is spent inside of the destination's functions and what they call, and the rest is actions-core's. Most of it is spent by ${packages[0].name} (${percent(packages[0].share)}).`
    ],
    tables: [
      {
        head: ['action', 'batch', 'half of the rounds', 'single', 'half of the rounds'],
        rows: measured.map(({ slug, batch, single }) => [`\`${slug}\``, ...told(batch), ...told(single)])
      },
      { caption: 'Time by package, of a whole batch:', head: ['package', 'share'], rows: rowsOf(packages, 8) },
      {
        caption: 'Time by function, of what is spent inside of the destination:',
        head: ['function', 'share'],
        rows: rowsOf(functions, 10)
      }
    ]
  })
}

void main()
