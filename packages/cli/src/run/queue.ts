import destination from '@tractionboard/destination'
import {
  type Archive,
  fillQueue,
  isRepeatable,
  type LedgerIdentity,
  listArchives,
  ReadError,
  queueStatus,
  type QueuedReplay,
  type ReplayReport,
  setQueuePaused,
  withBaseUrl,
  workOnQueue
} from '@tractionboard/local-segment'
import { archiveInput } from '../archive-input'
import { CliError } from '../errors'
import { takeInterruption } from '../interruption'
import type { ArchiveOptions } from '../options'
import { openStorage, type StorageOptions, withRemedyAsync } from '../replay-storage'
import { describeFilters, identityAt, type Target, targetOf } from '../replay-target'
import { progressBar } from '../report/progress'
import { describeQueue } from '../report/queue'
import { describeReplay } from '../report/replay'
import { print, printError } from '../terminal'

interface FillOptions extends ArchiveOptions, StorageOptions {
  queue?: string
  dryRun?: true
  rate?: number
  concurrency?: number
  giveUpAfter?: number
}

/** What only those who send can be told. */
const OF_WORKERS = {
  concurrency: '--concurrency',
  giveUpAfter: '--give-up-after',
  deadLetters: '--dead-letters'
} as const

/**
 * Puts archives into a queue, and waits until workers have delivered them.
 *
 * @throws CliError if options do not go together, or the queue or the ledger cannot be used.
 */
export async function fillFromSources(
  sources: string[],
  options: FillOptions,
  target: Target
): Promise<ReplayReport & { exitCode: number }> {
  const { queue = '', rate, from, to, where, respectIntegrations, endpoint, again } = options
  if (options.dryRun) throw new CliError('A dry run needs no queue. Leave out --queue.')
  const misplaced = Object.entries(OF_WORKERS).find(([name]) => options[name as keyof typeof OF_WORKERS] !== undefined)
  if (misplaced) throw new CliError(`Give ${misplaced[1]} to \`tractionboard worker\`: with --queue, workers send.`)
  const input = await archiveInput(sources, options)
  const archives: Archive[] = []
  for await (const archive of input.archives) archives.push(archive)
  if (!archives.every(isRepeatable)) {
    throw new CliError(
      'Standard input and pipes cannot be queued. Name files that all workers see, or s3://bucket/prefix.'
    )
  }
  const { mappings } = input
  const identity = await identityAt(target, mappings, describeFilters(options))
  const filter = { from: from?.toISOString(), to: to?.toISOString(), where, respectIntegrations }
  const progress = progressBar()
  const interruption = takeInterruption(() => progress.notice('Leaving the rest to the workers.'))
  try {
    return await withRemedyAsync(async () => {
      const { ledger } = openStorage(archives, identity, options)
      if (!ledger) throw new CliError('There is nothing to queue.')
      const replay = { identity, filter, mappings, endpoint, rate }
      const run = { sendAgain: again, signal: interruption.signal }
      const report = await fillQueue(queue, archives, ledger, replay, progress, run)
      return { ...report, exitCode: interruption.exitCode() }
    })
  } finally {
    interruption.release()
  }
}

export interface WorkerOptions extends Partial<Target> {
  /** The address of Redis. */
  queue: string
  concurrency?: number
  /** Milliseconds. */
  giveUpAfter?: number
  /** Milliseconds. */
  stalledAfter?: number
  /** The path of the file of dead letters. */
  deadLetters: string
}

/**
 * Delivers archives of a queue, and prints what this worker did.
 *
 * @throws CliError if the replay in the queue is not one for this worker, the server refuses it, or it was interrupted.
 */
export async function runWorker(options: WorkerOptions): Promise<void> {
  const { queue, concurrency, giveUpAfter, stalledAfter, deadLetters } = options
  const target = targetOf(options)
  const interruption = takeInterruption(() => printError('Finishing what is on its way.'))
  try {
    const report = await workOnQueue(
      queue,
      (replay) => workOf(replay, target),
      { notice: printError },
      {
        concurrency,
        retry: giveUpAfter === undefined ? {} : { giveUpAfterMs: giveUpAfter },
        stalledAfterMs: stalledAfter,
        deadLetters,
        signal: interruption.signal
      }
    )
    print(describeReplay(report))
    if (report.stopped) throw new CliError(`\n${report.stopped.message}`, interruption.exitCode())
  } finally {
    interruption.release()
  }
}

/** How the archives of a replay are delivered. Throws CliError if they are not for this worker. */
async function workOf({ identity, filter, mappings, endpoint }: QueuedReplay, target: Target) {
  const { apiUrl, token } = target
  // Only then is anything sent to the server: a queue cannot name another one.
  if (identity.address !== apiUrl) {
    throw new CliError(`The queue is of a replay to ${identity.address}, and this worker sends to ${apiUrl}.`)
  }
  assertSame(identity, await identityAt(target, mappings, identity.filters))
  const { from, to, where, respectIntegrations } = filter
  const input = await archiveInput([], {
    from: from === undefined ? undefined : new Date(from),
    to: to === undefined ? undefined : new Date(to),
    where,
    respectIntegrations: respectIntegrations || undefined
  })
  return {
    definition: withBaseUrl(destination, apiUrl),
    settings: { tokenId: token },
    filter: input.filter,
    mappings,
    find: async (name: string): Promise<Archive> => {
      for await (const archive of listArchives([name], { s3: { endpoint } })) if (archive.name === name) return archive
      throw new ReadError(`Cannot read ${name}: there is no such archive.`)
    }
  }
}

function assertSame(queued: LedgerIdentity, own: LedgerIdentity): void {
  if (queued.account !== own.account) {
    throw new CliError('The queue is of a replay to another account. Check the Token ID of this worker.')
  }
  if (queued.run !== own.run) throw new CliError('The queue is of a replay to another run of the sandbox.')
  if (queued.definition !== own.definition) {
    throw new CliError('The queue was filled by another version of Tractionboard. Run the same one on all machines.')
  }
}

/** Prints what is in a queue. */
export async function runQueueStatus(queue: string, json?: boolean): Promise<void> {
  const status = await queueStatus(queue)
  print(json ? JSON.stringify(status, null, 2).split('\n') : describeQueue(status))
}

/** Pauses a queue, or lets it go on. */
export async function runPause(queue: string, isPaused: boolean): Promise<void> {
  await setQueuePaused(queue, isPaused)
  print([
    isPaused
      ? 'Paused: workers finish the archives that they have, and take no others.'
      : 'Workers take archives again.'
  ])
}
