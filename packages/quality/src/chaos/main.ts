/**
 * Chaos: whatever fails between Segment and Tractionboard, and however Segment regroups and retries calls, the dashboard
 * shows in the end what an independent reference computes from the calls.
 */
import { difference } from 'lodash'
import destination from '@tractionboard/destination'
import { ACTIONS } from '@tractionboard/testing/reference'
import { runSeed, type Count, type Run } from './run'
import { formatCount, integerOptions, writeFigures } from '../shared/figures'
import { ACTION_SLUGS } from '../shared/presets'

/** How many seeds run at the same time, each with its own sandbox. */
const CONCURRENCY = 3

async function main(): Promise<void> {
  const missing = difference(ACTION_SLUGS, ACTIONS)
  if (missing.length > 0) throw new Error(`Add to the reference in packages/testing/src/reference: ${missing.join()}.`)
  const { seeds, calls, first } = integerOptions({ seeds: 100, calls: 120, first: 1 })
  const runs: Run[] = []
  const waiting = Array.from({ length: seeds }, (_, index) => first + index)
  const work = async () => {
    for (let seed = waiting.shift(); seed !== undefined; seed = waiting.shift()) {
      const run = await runSeed(seed, calls, destination)
      report(run, calls)
      runs.push(run)
    }
  }
  await Promise.all(Array.from({ length: CONCURRENCY }, work))
  const isGood = runs.every(({ mismatches }) => mismatches.length === 0)
  // Figures are published only if there are no mismatches.
  if (isGood) await write(runs, first, calls)
  else process.exitCode = 1
}

function report({ seed, count, mismatches }: Run, calls: number): void {
  console.log(`seed ${seed}: ${count.attempts} attempts, ${count.requests} requests, ${mismatches.length} mismatches`)
  if (mismatches.length === 0) return
  console.error(mismatches.join('\n'))
  console.error(`Repeat with: npm run quality:chaos -- --first ${seed} --seeds 1 --calls ${calls}`)
}

async function write(runs: Run[], first: number, calls: number): Promise<void> {
  const sum = (of: (count: Count) => number) => formatCount(runs.reduce((total, { count }) => total + of(count), 0))
  const most = (of: (count: Count) => number) => formatCount(Math.max(...runs.map(({ count }) => of(count))))
  const mismatches = formatCount(runs.reduce((total, run) => total + run.mismatches.length, 0))
  await writeFigures({
    id: 'chaos',
    title: 'Chaos',
    command: 'npm run quality:chaos',
    seed: first,
    text: [
      `${formatCount(runs.length)} seeds of ${formatCount(calls)} calls each: small worlds of users, visitors, shared devices, aliases, payments, refunds before payments, duplicates, resends with another clock and context, conflicts and invalid calls; every third has mistakes in any part of any call. A model of Segment's delivery sends them over HTTP to the sandbox with the faults below, alone and in batches, in random order, some of them twice, and regroups what must be retried (408, 423, 429, 5xx but 501) until every call has a final verdict. Then the verdict of each call, the dashboard and each user are compared with the independent reference, and again after everything was delivered once more.`,
      `Mismatches: **${mismatches}**. Of ${sum(({ delivered, discarded }) => delivered + discarded)} deliveries that Segment began, ${sum(({ delivered }) => delivered)} ended as delivered and ${sum(({ discarded }) => discarded)} as discarded, exactly the invalid ones; ${sum(({ notSubscribed }) => notSubscribed)} calls matched no mapping. They took ${sum(({ attempts }) => attempts)} attempts (at most ${most(({ mostAttempts }) => mostAttempts)} for one call) in ${sum(({ deliveries }) => deliveries)} deliveries, ${sum(({ alone }) => alone)} of them of a single call, and ${sum(({ requests }) => requests)} requests.`,
      '413 is injected only where a request can be split, and 403 never: for a single event, either is a final rejection and not a fault that passes.'
    ],
    tables: [
      {
        caption: 'Attempts that Segment repeats, by the outcome:',
        head: ['outcome', 'attempts'],
        rows: rows(runs, 'retries')
      },
      {
        caption: 'Faults that were injected: `unavailable` is counted by event, the others by request.',
        head: ['fault', 'times'],
        rows: rows(runs, 'faults')
      }
    ]
  })
}

function rows(runs: Run[], of: 'retries' | 'faults'): [string, string][] {
  const total = new Map<string, number>()
  for (const { count } of runs) {
    for (const [name, times] of Object.entries(count[of])) total.set(name, (total.get(name) ?? 0) + times)
  }
  return [...total]
    .sort(([, one], [, other]) => other - one)
    .map(([name, times]) => [`\`${name}\``, formatCount(times)])
}

void main()
