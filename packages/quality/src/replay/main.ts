/**
 * Replays that are killed: however often processes are killed in the midst of faults, every event arrives exactly once, and
 * the totals are right.
 */
import { formatCount, integerOptions, writeFigures } from '../shared/figures'
import { type ManyMachines, replayOnManyMachines } from './many-machines'
import { FAULTS, type KilledReplay, replayWithKills } from './one-machine'

async function main(): Promise<void> {
  const { seed, kills, copies } = integerOptions({ seed: 1, kills: 25, copies: 10 })
  const one = await replayWithKills(seed, kills, copies)
  report('One machine', one)
  const many = await replayOnManyMachines(seed, kills, copies)
  report('Four workers', many)
  // Figures are published only if there are no mismatches.
  if (one.mismatches.length + many.mismatches.length === 0) await write(seed, one, many)
  else process.exitCode = 1
}

function report(name: string, { kills, totals, mismatches }: KilledReplay): void {
  console.log(`${name}: ${kills} kills, ${totals.read} calls, ${mismatches.length} mismatches`)
  if (mismatches.length > 0) console.error(mismatches.join('\n'))
}

async function write(seed: number, one: KilledReplay, many: ManyMachines): Promise<void> {
  const percent = (share = 0) => `${share * 100} %`
  await writeFigures({
    id: 'kills',
    title: 'Killed replays',
    command: 'npm run quality:replay',
    seed,
    text: [
      `An archive with the sample several times is replayed to a sandbox that injects faults: 429 into ${percent(FAULTS.too_many_requests)} of the requests, 503 into ${percent(FAULTS.server_error)}, no answer although the events are stored in ${percent(FAULTS.drop_after_commit)}, and results in another order in ${percent(FAULTS.reorder)}. Meanwhile the process is killed with SIGKILL ${formatCount(one.kills)} times, at random moments, and started again with the same command. In the end, the stored events, the totals of the ledger, the dead letters, the dashboard and each user are compared with the independent reference.`,
      `Then the same with a queue and four workers, of which one is killed every few seconds. Redis is killed ${many.redisLosses === 1 ? 'once' : `${many.redisLosses} times`}, and comes back empty; the command that fills the queue is killed once, too. Dead letters may be in the files of two workers there, and accepted events and duplicates are compared by their sum: a call that repeats one of another archive may count as accepted if its own archive is sent again.`
    ],
    tables: [
      {
        head: ['', 'kills', 'calls', 'accepted', 'duplicates', 'rejected', 'events stored', 'mismatches'],
        rows: [row('one machine', one), row('four workers', many)]
      }
    ]
  })
}

const row = (name: string, { kills, totals, stored, mismatches }: KilledReplay): string[] => [
  name,
  ...[kills, totals.read, totals.accepted, totals.duplicates, totals.rejected, stored, mismatches.length].map(
    formatCount
  )
]

void main()
