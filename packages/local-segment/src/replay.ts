import type { DestinationDefinition, SegmentEvent } from '@segment/actions-core'
import { type Archive, type Entry, readArchive } from './archive'
import { checkSettings } from './delivery/check-settings'
import { type Clock, SYSTEM_CLOCK } from './delivery/clock'
import { Gate, type Reserve, turns } from './delivery/gate'
import { Pipeline } from './delivery/pipeline'
import { createSender, takesBatches } from './delivery/sender'
import { ServerHealth } from './delivery/server-health'
import { Stop } from './delivery/stop'
import { ReadError } from './errors'
import { type ReplayStorage, RunStorage } from './ledger/run-storage'
import { addBlock, emptyReport, MAX_EXAMPLES, type ReplayReport } from './report'
import { DEFAULT_RETRY, type RetryOptions } from './retry'
import { type Mapping, mappingsOf } from './router'
import { listArchives } from './sources'

/** Is told how far a replay is. */
export interface Progress {
  start(totalBytes: number): void
  advance(readBytes: number, readCalls: number): void
  /** Is told what a person should know at once, in one sentence. May be called at any time, also before the start. */
  notice(text: string): void
  stop(): void
}

export interface ReplayOptions {
  /** Default: the definition's automatic presets. */
  mappings?: Mapping[]
  /** Which calls are sent. Default: all. */
  filter?: (call: SegmentEvent) => boolean
  retry?: Partial<RetryOptions>
  /** How many batches are on their way at once. Default: 4. */
  concurrency?: number
  /** The most calls a second. Default: no limit. */
  rate?: number
  /** Gives turns among several machines that share the rate. Default: this replay has the rate for itself. */
  reserve?: Reserve
  /** Whether calls are only mapped and validated. Then nothing is sent, and what would be sent counts as accepted. */
  isDryRun?: boolean
  /** Ends the run: no more is read, what is on its way is finished, and what is known by then is in the report. */
  signal?: AbortSignal
  /** Opens what the run writes to, once the server has accepted the settings. Default: it writes nothing down. */
  openStorage?: (archives: Archive[]) => Promise<ReplayStorage>
  clock?: Clock
}

/** How many batches are on their way at once, unless the caller says otherwise. */
export const DEFAULT_CONCURRENCY = 4

/** A block has about so many entries, or fewer of more bytes. */
const BLOCK_ENTRIES = 1000
const BLOCK_BYTES = 4 * 1024 * 1024

/**
 * Sends archives of Segment calls through a destination, as Segment's platform does: each call to the mappings that it
 * matches, in batches, and again where that may help. Memory does not grow with the archives.
 *
 * @param definition any definition.
 * @param settings the settings of the account to send to.
 * @param sources archives, or what names them for `listArchives`. They are read one after the other.
 * @returns what became of each call. An archive that cannot be read to its end is named in it, and does not stop the
 *   others. A server that fails for too long, or refuses the account, and storage that is full end the run early.
 * @throws LocalSegmentError, before anything is sent, if an archive is missing, the settings are refused, there is no
 *   server, or the storage cannot be used.
 * @example
 * const report = await replay(withBaseUrl(tractionboard, sandbox.origin), { tokenId }, ['calls.json.gz'], progress)
 */
export async function replay<Settings>(
  definition: DestinationDefinition<Settings>,
  settings: Settings,
  sources: string[] | AsyncIterable<Archive>,
  progress: Progress,
  options: ReplayOptions = {}
): Promise<ReplayReport> {
  const { mappings = mappingsOf(definition), filter = () => true, isDryRun, rate, clock = SYSTEM_CLOCK } = options
  const reserve = options.reserve ?? turns(clock, rate)
  const retry = { ...DEFAULT_RETRY, ...options.retry }
  const halt = haltOn(options.signal)
  const archives: Archive[] = []
  for await (const archive of Array.isArray(sources) ? listArchives(sources) : sources) archives.push(archive)

  const senders = Array.from({ length: options.concurrency ?? DEFAULT_CONCURRENCY }, () =>
    createSender(definition, settings, isDryRun)
  )
  const health = new ServerHealth(clock, retry, (text) => progress.notice(text))
  if (!isDryRun) await checkSettings(senders[0], { health, retry, clock, signal: halt.signal })

  const report = emptyReport()
  const storage = new RunStorage(archives, await options.openStorage?.(archives))
  const pipeline = new Pipeline({
    mappings,
    filter,
    maxBatchSize: (mapping) => (takesBatches(definition, mapping) ? Math.max(1, Math.floor(rate ?? Infinity)) : 1),
    senders,
    gate: new Gate(clock, halt.signal, reserve),
    health,
    retry,
    clock,
    halt,
    readDelivered: storage.readDelivered,
    onStart: (block) => storage.start(block),
    onSettled: (blocks) => {
      storage.settle(blocks)
      for (const block of blocks) addBlock(report, block)
    }
  })
  try {
    await readAll(archives, storage, pipeline, progress, report, halt.signal)
    storage.describe(report)
    return report
  } finally {
    storage.close()
  }
}

function haltOn(signal: AbortSignal | undefined): AbortController {
  const halt = new AbortController()
  const interrupt = () => halt.abort(new Stop('interrupted', 'Interrupted.'))
  if (signal?.aborted) interrupt()
  signal?.addEventListener('abort', interrupt, { once: true })
  return halt
}

/** Reads all archives into the pipeline, waits for the outcomes, and notes down why it ended early, if it did. */
async function readAll(
  archives: Archive[],
  storage: RunStorage,
  pipeline: Pipeline,
  progress: Progress,
  report: ReplayReport,
  signal: AbortSignal
): Promise<void> {
  let readBytes = 0
  let readCalls = 0
  report.archives.listed = archives.length
  progress.start(archives.reduce((sum, { size = 0 }) => sum + size, 0))

  const readOne = async (archive: Archive, done: number, sentUpTo: number) => {
    let start = done
    const onBytes = (count: number) => (readBytes += count)
    const add = async (entries: Entry[], isLast: boolean) => {
      await pipeline.add({ archive, sentUpTo }, start, entries, isLast)
      start += entries.length
      readCalls += entries.length
      progress.advance(readBytes, readCalls)
    }
    const blocks = inBlocks(readArchive(archive, { skip: done, onBytes, signal }))
    try {
      for await (const entries of blocks) await add(entries, false)
      await add([], true)
    } catch (error) {
      if (!(error instanceof ReadError)) throw error
      report.archives.unreadable += 1
      if (report.readErrors.length < MAX_EXAMPLES) report.readErrors.push(error.message)
    }
  }

  try {
    for (const archive of archives) {
      signal.throwIfAborted()
      const { done, sentUpTo, isComplete } = storage.progressOf(archive)
      if (isComplete) {
        report.archives.deliveredBefore += 1
        readBytes += archive.size ?? 0
        progress.advance(readBytes, readCalls)
      } else {
        await readOne(archive, done, sentUpTo)
      }
    }
    await pipeline.finish()
    if (!pipeline.isSettled) signal.throwIfAborted()
  } catch (error) {
    report.stopped = await endEarly(error, pipeline)
  } finally {
    progress.stop()
  }
}

/** Finishes what is on its way after a failure. Throws the failure if it is none that a person can do something about. */
async function endEarly(error: unknown, pipeline: Pipeline): Promise<ReplayReport['stopped']> {
  if (error instanceof Stop && error.kind === 'interrupted') {
    const later = await pipeline.finish().then(
      () => error,
      (failure: unknown) => failure
    )
    if (later !== error) return endEarly(later, pipeline)
  } else {
    await pipeline.abandon()
  }
  if (error instanceof Stop) return { kind: error.kind, message: error.message }
  throw error
}

/** Puts the entries of chunks together, and what was read before a failure before it. */
async function* inBlocks(chunks: AsyncIterable<Entry[]>): AsyncGenerator<Entry[]> {
  let entries: Entry[] = []
  let bytes = 0
  let failure: ReadError | undefined
  try {
    for await (const chunk of chunks) {
      for (const entry of chunk) {
        entries.push(entry)
        if ('bytes' in entry) bytes += entry.bytes
      }
      if (entries.length < BLOCK_ENTRIES && bytes < BLOCK_BYTES) continue
      yield entries
      entries = []
      bytes = 0
    }
  } catch (error) {
    if (!(error instanceof ReadError)) throw error
    failure = error
  }
  if (entries.length > 0) yield entries
  if (failure) throw failure
}
