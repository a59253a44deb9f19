import { createHash } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Job } from 'bullmq'
import type { Archive } from '../archive'
import { Stop } from '../delivery/stop'
import { LocalSegmentError } from '../errors'
import { ledgerName, type LedgerIdentity } from '../ledger/identity'
import { type ArchiveProgress, isRepeatable, type Ledger } from '../ledger/ledger'
import type { Progress } from '../replay'
import { addReport, emptyReport, MAX_EXAMPLES, type ReplayReport } from '../report'
import { openQueue, type QueueStore } from './redis'
import type { JobData, JobResult, QueuedReplay } from './types'

export interface FillOptions {
  /** Whether everything is sent again, whatever the ledger says. */
  sendAgain?: boolean
  /** Ends the filling. The workers go on with what is in the queue. */
  signal: AbortSignal
}

/** How often the results of workers are fetched, in milliseconds. */
const POLL_MS = 500

/** How many jobs are added or fetched at once. */
const PAGE = 500

/** The names of the states of jobs that are in the queue. */
const STATES = ['wait', 'active', 'delayed', 'prioritized', 'completed', 'failed'] as const

/** Names a replay, so that workers tell it from others. A changed definition is another replay. */
export const replayName = (identity: LedgerIdentity): string => `${ledgerName(identity)}-${identity.definition}`

/**
 * Puts a job for each archive that is not delivered into a queue in Redis, and waits until workers have delivered all. The
 * ledger decides what is done. So whatever Redis loses is put in again, and is a duplicate if it was sent.
 *
 * @param url the address of Redis.
 * @param archives what is sent. Every worker must be able to read them by their names.
 * @param ledger is closed at the end.
 * @returns what became of the calls that were noted down in this run.
 * @throws LocalSegmentError if an archive can be read only here, Redis cannot be reached, or the queue is of another
 *   replay.
 */
export async function fillQueue(
  url: string,
  archives: Archive[],
  ledger: Ledger,
  replay: Pick<QueuedReplay, 'identity' | 'filter' | 'mappings' | 'endpoint' | 'rate'>,
  progress: Progress,
  { sendAgain, signal }: FillOptions
): Promise<ReplayReport> {
  const report = emptyReport()
  let queue: QueueStore | undefined
  try {
    const unrepeatable = archives.find((archive) => !isRepeatable(archive))
    if (unrepeatable) throw new LocalSegmentError('Standard input cannot be queued: workers cannot read it.')
    queue = await openQueue(url, (text) => progress.notice(text))
    // What waits for a broken connection must not hold back the end.
    signal.addEventListener('abort', queue.close, { once: true })
    await takeOver(queue, replay.identity, sendAgain)
    const filling = new Filling(queue, archives, ledger, replay, progress, report, sendAgain)
    await filling.run(signal)
  } catch (error) {
    if (!signal.aborted) throw error
    const { kind, message } = new Stop('interrupted', 'Interrupted. The workers go on with what is in the queue.')
    report.stopped = { kind, message }
  } finally {
    progress.stop()
    queue?.close()
    report.ledger = { file: ledger.file, totals: ledger.totals(archives) }
    ledger.close()
  }
  return report
}

/** Makes the queue that of this replay. */
async function takeOver(queue: QueueStore, identity: LedgerIdentity, sendAgain = false): Promise<void> {
  const known = await queue.read()
  const isSame = known && replayName(known.identity) === replayName(identity)
  if (known && !isSame && !known.isComplete) {
    throw new LocalSegmentError(
      `The queue is of another replay, to ${known.identity.address}. Wait until it ends, or use another database of Redis.`
    )
  }
  if (sendAgain || !isSame) await queue.clear()
}

/** One filling of a queue. */
class Filling {
  /** The archives that are not delivered, by the names of their jobs. */
  private readonly pending = new Map<string, ArchiveProgress>()
  private readBytes = 0
  private readonly archives: Archive[]

  constructor(
    private readonly queue: QueueStore,
    archives: Archive[],
    private readonly ledger: Ledger,
    private readonly replay: Pick<QueuedReplay, 'identity' | 'filter' | 'mappings' | 'endpoint' | 'rate'>,
    private readonly progress: Progress,
    private readonly report: ReplayReport,
    sendAgain?: boolean
  ) {
    this.archives = archives
    report.archives.listed = archives.length
    for (const archive of ledger.enter(archives, sendAgain).values()) {
      if (archive.isComplete) {
        report.archives.deliveredBefore += 1
        this.readBytes += archive.size
      } else {
        this.pending.set(jobIdOf(archive), { ...archive })
      }
    }
  }

  async run(signal: AbortSignal): Promise<void> {
    this.progress.start(this.archives.reduce((sum, { size = 0 }) => sum + size, 0))
    for (;;) {
      signal.throwIfAborted()
      await this.announce()
      await this.noteResults()
      this.progress.advance(this.readBytes, this.report.read)
      if (this.pending.size === 0) break
      if ((await this.queue.jobs.getJobCountByTypes(...STATES)) < this.pending.size) await this.addJobs()
      await sleep(POLL_MS, undefined, { signal })
    }
    await this.announce()
  }

  /** Tells workers and whoever asks how far the replay is. */
  private async announce(): Promise<void> {
    await this.queue.write({
      ...this.replay,
      archives: this.archives.length,
      delivered: this.archives.length - this.pending.size - this.report.archives.unreadable,
      totals: this.ledger.totals(this.archives),
      isComplete: this.pending.size === 0
    })
  }

  /** Adds the jobs that are missing. Those that are there stay as they are. */
  private async addJobs(): Promise<void> {
    const all = [...this.pending]
    for (let start = 0; start < all.length; start += PAGE) {
      const page = all.slice(start, start + PAGE)
      const jobs = page.map(([jobId, { name, size, version, done, sentUpTo }]) => ({
        name: 'archive',
        data: { replay: replayName(this.replay.identity), name, size, version, done, sentUpTo },
        opts: { jobId }
      }))
      // What is added again may have been sent by then.
      this.ledger.startAll(page.map(([, { name }]) => name))
      await this.queue.jobs.addBulk(jobs)
      for (const [, archive] of page) archive.sentUpTo = Number.MAX_SAFE_INTEGER
    }
  }

  /** Writes down what workers have delivered, and then removes their jobs: in this order, so that nothing is lost. */
  private async noteResults(): Promise<void> {
    for (;;) {
      const jobs = (await this.queue.jobs.getJobs(['completed', 'failed'], 0, PAGE - 1)) as (
        Job<JobData, JobResult> | undefined
      )[]
      for (const job of jobs) if (job) await this.noteResult(job)
      if (jobs.length < PAGE) return
    }
  }

  private async noteResult(job: Job<JobData, JobResult | null>): Promise<void> {
    const { data, returnvalue: result, failedReason = 'the worker failed' } = job
    const archive = this.pending.get(String(job.id))
    if (result) {
      const { done, isComplete, report } = result
      const delivery = { ...data, start: data.done, done, isComplete, counts: report, actions: report.actions }
      if (this.ledger.note(delivery)) {
        // The files of dead letters are on the machines of the workers.
        addReport(this.report, { ...report, deadLetters: undefined })
        if (archive) archive.done = done
        if (isComplete) this.readBytes += data.size
      }
      if (isComplete || report.archives.unreadable > 0) this.pending.delete(String(job.id))
    } else if (archive) {
      this.pending.delete(String(job.id))
      this.report.archives.unreadable += 1
      if (this.report.readErrors.length < MAX_EXAMPLES) this.report.readErrors.push(`${data.name}: ${failedReason}.`)
    }
    await job.remove()
  }
}

const jobIdOf = ({ name, version }: ArchiveProgress): string =>
  createHash('sha256')
    .update(JSON.stringify([name, version]))
    .digest('hex')
    .slice(0, 32)
