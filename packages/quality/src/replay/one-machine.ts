import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Counts, ReplayReport } from '@tractionboard/local-segment'
import { type Faults, startSandbox } from '@tractionboard/sandbox'
import { createRng } from '@tractionboard/testing/random'
import { reference } from '@tractionboard/testing/reference'
import { writeArchive } from './archive'
import { mismatchesOf } from './compare'
import { type RunningCommand, startCommand } from './processes'

/** The faults that requests meet. */
export const FAULTS: Faults = {
  too_many_requests: 0.1,
  server_error: 0.1,
  drop_after_commit: 0.05,
  reorder: 0.3,
  retry_after_seconds: 0
}

/** How long after its moment a process is killed at the latest, in milliseconds, so that no step is spared. */
const MAX_KILL_DELAY_MS = 100

const POLL_MS = 5

/** What became of a replay whose processes were killed. */
export interface KilledReplay {
  /** How many processes were killed. */
  kills: number
  /** How many events the server has in the end. */
  stored: number
  totals: Counts
  /** What is otherwise than the reference says. */
  mismatches: string[]
}

/**
 * Replays an archive to a sandbox that injects faults, kills the process again and again with SIGKILL, lets the last one
 * end, and compares what came of it with the reference.
 *
 * @param seed of the faults, and of the kills: each comes when the sandbox has a drawn number of events, and some
 *   milliseconds later.
 * @param copies how many samples the archive has.
 */
export async function replayWithKills(seed: number, kills: number, copies: number): Promise<KilledReplay> {
  const folder = mkdtempSync(join(tmpdir(), 'tractionboard-kills-'))
  const sandbox = await startSandbox({ faults: { ...FAULTS, seed } })
  try {
    const archive = join(folder, 'archive')
    const deadLetters = join(folder, 'dead-letters.ndjson')
    mkdirSync(archive)
    const expected = reference(writeArchive(archive, copies))
    const args = ['replay', archive, '--token', sandbox.token, '--api-url', sandbox.origin]
    const start = () => startCommand([...args, '--dead-letters', deadLetters, '--json'], folder)

    const rng = createRng(seed)
    const moments = Array.from({ length: kills }, () => rng.between(0, expected.totals.accepted - 1))
    let killed = 0
    for (const moment of moments.sort((a, b) => a - b)) {
      const command = start()
      if (await reaches(moment, sandbox.origin, command)) await sleep(rng.between(0, MAX_KILL_DELAY_MS))
      if (command.child.kill('SIGKILL')) killed += 1
      await command.ended
    }
    const { printed, errors } = await start().ended
    if (printed === '') throw new Error(`The replay printed nothing: ${errors}`)
    const report = JSON.parse(printed) as ReplayReport
    const totals = report.ledger?.totals ?? report
    const stored = await storedEvents(sandbox.origin)
    const mismatches = mismatchesOf({ sandbox, stored, totals, deadLetters: [deadLetters] }, expected)
    return { kills: killed, stored, totals, mismatches }
  } finally {
    await sandbox.close()
    rmSync(folder, { recursive: true, force: true })
  }
}

/** How many events a sandbox has stored. */
export async function storedEvents(origin: string): Promise<number> {
  const response = await fetch(`${origin}/sandbox/health`)
  return ((await response.json()) as { events: number }).events
}

/** Waits until a sandbox has stored so many events; gives false if the command ends before. */
async function reaches(events: number, origin: string, { child }: RunningCommand): Promise<boolean> {
  while (child.exitCode === null) {
    if ((await storedEvents(origin)) > events) return true
    await sleep(POLL_MS)
  }
  return false
}
