import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { ReplayReport } from '@tractionboard/local-segment'
import { startSandbox } from '@tractionboard/sandbox'
import { createRng } from '@tractionboard/testing/random'
import { startRedis } from '@tractionboard/testing/redis'
import { reference } from '@tractionboard/testing/reference'
import { writeArchive } from './archive'
import { mismatchesOfWorkers } from './compare'
import { FAULTS, type KilledReplay, storedEvents } from './one-machine'
import { type RunningCommand, startCommand } from './processes'

const WORKERS = 4

/** How long it takes at most until the next worker is killed, in milliseconds. */
const MAX_KILL_INTERVAL_MS = 3000

export interface ManyMachines extends KilledReplay {
  /** How often Redis was killed, and came back empty. */
  redisLosses: number
}

/**
 * Replays an archive through a queue with four workers. One of them is killed with SIGKILL every few seconds and started
 * again; Redis is killed once, and comes back empty; and so is the command that fills the queue.
 *
 * @param seed of the faults and of the kills.
 * @param kills how many workers are killed, unless everything is delivered before.
 * @param copies how many samples the archive has.
 */
export async function replayOnManyMachines(seed: number, kills: number, copies: number): Promise<ManyMachines> {
  const folder = mkdtempSync(join(tmpdir(), 'tractionboard-workers-'))
  const sandbox = await startSandbox({ faults: { ...FAULTS, seed } })
  const redis = await startRedis()
  const target = ['--token', sandbox.token, '--api-url', sandbox.origin, '--queue', redis.url]
  const archive = join(folder, 'archive')
  const letters = join(folder, 'letters')
  mkdirSync(archive)
  mkdirSync(letters)
  let count = 0
  const startWorker = () => {
    const deadLetters = join(letters, `${(count += 1)}.ndjson`)
    return startCommand(['worker', ...target, '--stalled-after', '2s', '--dead-letters', deadLetters], folder)
  }
  const fill = () => startCommand(['replay', archive, ...target, '--json'], folder)
  const running: RunningCommand[] = []
  try {
    const expected = reference(writeArchive(archive, copies))
    const rng = createRng(seed)
    let filling = fill()
    running.push(...Array.from({ length: WORKERS }, startWorker))
    let killed = 0
    let redisLosses = 0
    while (killed < kills) {
      const isOver = await Promise.race([
        filling.ended.then(() => true),
        sleep(rng.between(0, MAX_KILL_INTERVAL_MS)).then(() => false)
      ])
      if (isOver) break
      const index = rng.between(0, WORKERS - 1)
      await kill(running[index])
      killed += 1
      running[index] = startWorker()
      if (killed === Math.ceil(kills / 3)) {
        await redis.lose()
        redisLosses += 1
      }
      if (killed === Math.ceil((kills * 2) / 3)) {
        await kill(filling)
        filling = fill()
      }
    }
    const { printed, errors } = await filling.ended
    if (printed === '') throw new Error(`The replay printed nothing: ${errors}`)
    const report = JSON.parse(printed) as ReplayReport
    const totals = report.ledger?.totals ?? report
    const stored = await storedEvents(sandbox.origin)
    const deadLetters = readdirSync(letters).map((file) => join(letters, file))
    const mismatches = mismatchesOfWorkers({ sandbox, stored, totals, deadLetters }, expected)
    // Workers end by themselves once everything is delivered.
    for (const { ended } of running) {
      const { code, errors: told } = await ended
      if (code !== 0) mismatches.push(`A worker ended with ${code}: ${told}`)
    }
    return { kills: killed, redisLosses, stored, totals, mismatches }
  } finally {
    for (const { child } of running) child.kill('SIGKILL')
    await redis.stop()
    await sandbox.close()
    rmSync(folder, { recursive: true, force: true })
  }
}

async function kill({ child, ended }: RunningCommand): Promise<void> {
  child.kill('SIGKILL')
  await ended
}
