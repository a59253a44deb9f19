import { setTimeout as sleep } from 'node:timers/promises'
import type { DestinationDefinition, SegmentEvent } from '@segment/actions-core'
import type { Job, Worker } from 'bullmq'
import type { Archive } from '../archive'
import { LocalSegmentError, ReadError } from '../errors'
import { type Progress, replay, type ReplayOptions } from '../replay'
import { addReport, emptyReport, type ReplayReport } from '../report'
import type { Mapping } from '../router'
import { replayName } from './fill'
import { loadBullMq, openQueue, QUEUE_NAME, queueOptions, type QueueStore } from './redis'
import type { JobData, JobResult, QueuedReplay } from './types'

/** What a worker does with the archives of a queue. */
export interface Work<Settings> {
  definition: DestinationDefinition<Settings>
  settings: Settings
  filter: (call: SegmentEvent) => boolean
  mappings: Mapping[]
  /** Finds an archive by its name. Throws ReadError if there is none. */
  find: (name: string) => Promise<Archive>
}

export interface WorkOptions extends Pick<ReplayOptions, 'concurrency' | 'retry'> {
  /** The path of the file of dead letters of this worker. */
  deadLetters?: string
  /** After how many milliseconds without a sign of a worker another one takes its archive. Default: 30 seconds. */
  stalledAfterMs?: number
  /** Ends the work: what is on its way is finished, and the rest of the archive goes back into the queue. */
  signal: AbortSignal
}

/** How often it is looked whether there is a replay, and whether it has ended, in milliseconds. */
const POLL_MS = 1000

const STALLED_AFTER_MS = 30_000

/** How long a worker waits at its end for a Redis that does not answer, in milliseconds. */
const CLOSE_TIMEOUT_MS = 30_000

/**
 * Delivers archives of a queue until the replay is delivered to its end.
 *
 * @param url the address of Redis.
 * @param open looks at the replay, and says how its archives are delivered. Throws what ends the worker if it is of
 *   another account, server or version.
 * @param progress is told of the archives by notices.
 * @returns what this worker did.
 * @throws LocalSegmentError if Redis cannot be reached at the start, or the server refuses the account, or does not
 *   answer for too long. What the worker had taken goes back into the queue.
 */
export async function workOnQueue<Settings>(
  url: string,
  open: (replay: QueuedReplay) => Promise<Work<Settings>>,
  progress: Pick<Progress, 'notice'>,
  options: WorkOptions
): Promise<ReplayReport> {
  const { signal } = options
  const sum = emptyReport()
  const queue = await openQueue(url, (text) => progress.notice(text))
  let worker: Worker<JobData, JobResult> | undefined
  try {
    const known = await waitForReplay(queue, progress, signal)
    const name = replayName(known.identity)
    const deliver = deliverer(queue, known, await open(known), progress, options)
    const end = new AbortController()
    const process = async (job: Job<JobData, JobResult>): Promise<JobResult> => {
      if (job.data.replay !== name) end.abort(new LocalSegmentError('The queue is of another replay by now.'))
      if (end.signal.aborted || signal.aborted) return untouched(job.data)
      const { result, error } = await deliver(job)
      addReport(sum, result.report)
      sum.archives.listed += 1
      if (error) end.abort(error)
      return result
    }
    const lockDuration = options.stalledAfterMs ?? STALLED_AFTER_MS
    worker = new (loadBullMq().Worker)<JobData, JobResult>(QUEUE_NAME, process, {
      ...queueOptions(queue.redis),
      lockDuration,
      stalledInterval: lockDuration,
      // Workers may be killed as often as they like.
      maxStalledCount: Number.MAX_SAFE_INTEGER
    })
    // A broken connection has its own notice, and a job whose result is lost is put in again.
    worker.on('error', () => {})
    await untilComplete(queue, name, AbortSignal.any([end.signal, signal]))
    return sum
  } catch (error) {
    if (!signal.aborted) throw error
    sum.stopped = {
      kind: 'interrupted',
      message: 'Interrupted. What was taken and not delivered is in the queue again.'
    }
    return sum
  } finally {
    await Promise.race([worker?.close(), sleep(CLOSE_TIMEOUT_MS, undefined, { ref: false })])
    queue.close()
  }
}

/** Waits until there is a replay. */
async function waitForReplay(
  queue: QueueStore,
  progress: Pick<Progress, 'notice'>,
  signal: AbortSignal
): Promise<QueuedReplay> {
  for (let isTold = false; ; isTold = true) {
    const replay = await orAbort(queue.read(), signal)
    if (replay) return replay
    if (!isTold) progress.notice('The queue is empty. Waiting for `tractionboard replay --queue` to fill it.')
    await sleep(POLL_MS, undefined, { signal })
  }
}

/** Waits until the replay is delivered. Rejects with the reason of the signal, or if the queue is of another replay. */
async function untilComplete(queue: QueueStore, name: string, signal: AbortSignal): Promise<void> {
  for (;;) {
    // Redis may have lost it: then it comes again.
    const replay = await orAbort(queue.read(), signal)
    if (replay && replayName(replay.identity) !== name) {
      throw new LocalSegmentError('The queue is of another replay by now.')
    }
    if (replay?.isComplete) return
    await sleep(POLL_MS, undefined, { signal }).catch(() => signal.throwIfAborted())
  }
}

/** Waits for something that may take as long as Redis is away. */
async function orAbort<T>(waiting: Promise<T>, signal: AbortSignal): Promise<T> {
  signal.throwIfAborted()
  let stop = () => {}
  const aborted = new Promise<never>((_, reject) => {
    stop = () => reject(signal.reason as Error)
    signal.addEventListener('abort', stop, { once: true })
  })
  try {
    return await Promise.race([waiting, aborted])
  } finally {
    signal.removeEventListener('abort', stop)
  }
}

/** Makes what delivers the archive of a job. The error is one that ends the worker. */
function deliverer<Settings>(
  queue: QueueStore,
  { rate }: QueuedReplay,
  { definition, settings, filter, mappings, find }: Work<Settings>,
  progress: Pick<Progress, 'notice'>,
  { deadLetters, signal, ...options }: WorkOptions
) {
  const reserve = rate === undefined ? undefined : (calls: number) => queue.reserve(calls, rate)
  return async ({ data, attemptsStarted }: Job<JobData>): Promise<{ result: JobResult; error?: LocalSegmentError }> => {
    // A worker that had the job before may have sent all of it.
    const sentUpTo = attemptsStarted > 1 ? Number.MAX_SAFE_INTEGER : data.sentUpTo
    try {
      const archive = await find(data.name)
      if (archive.version !== data.version) throw new ReadError(`${data.name} has changed since it was queued.`)
      const report = await replay(
        definition,
        settings,
        only(archive),
        { ...SILENT, ...progress },
        {
          ...options,
          filter,
          mappings,
          rate,
          reserve,
          signal,
          openStorage: () => Promise.resolve({ position: { done: data.done, sentUpTo }, deadLetters })
        }
      )
      const { stopped, read, malformed, archives } = report
      progress.notice(`${data.name}: ${(read + malformed).toLocaleString('en-US')} calls`)
      return {
        result: { done: data.done + read + malformed, isComplete: !stopped && archives.unreadable === 0, report },
        error: stopped && stopped.kind !== 'interrupted' ? new LocalSegmentError(stopped.message) : undefined
      }
    } catch (error) {
      if (error instanceof ReadError) return { result: unreadable(data, error) }
      if (error instanceof LocalSegmentError) return { result: untouched(data), error }
      throw error
    }
  }
}

/** The archives are told of one by one, by notices. */
const SILENT: Progress = { start: () => {}, advance: () => {}, notice: () => {}, stop: () => {} }

async function* only(archive: Archive): AsyncGenerator<Archive> {
  yield await Promise.resolve(archive)
}

const untouched = ({ done }: JobData): JobResult => ({ done, isComplete: false, report: emptyReport() })

function unreadable(data: JobData, { message }: ReadError): JobResult {
  const result = untouched(data)
  result.report.archives.unreadable = 1
  result.report.readErrors.push(message)
  return result
}
