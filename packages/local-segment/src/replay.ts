import type { DestinationDefinition } from '@segment/actions-core'
import { type Archive, readArchive } from './archive'
import { batchQueue } from './batch-queue'
import { ReadError } from './errors'
import { countOutcomes, emptyReport, sortRejections } from './report'
import type { ReplayReport } from './report'
import type { RetryOptions } from './retry'
import { batchSizeOf, mappingsOf, router } from './router'
import type { Mapping } from './router'
import { sender } from './sender'
import type { PendingCall } from './sender'
import { listArchives } from './sources'

/** Is told how far a replay is. */
export interface Progress {
  start(totalBytes: number): void
  advance(readBytes: number, readCalls: number): void
  stop(): void
}

/**
 * Sends archives of Segment calls through a destination, as Segment's platform does: each call to the mappings that it
 * matches, in batches, and again where that may help.
 *
 * @param definition any definition; its automatic presets are the mappings.
 * @param settings the settings of the account to send to.
 * @param files sources as `listArchives` takes them, read one after the other.
 * @returns what became of each call. A file that cannot be read to its end is named in it, and does not stop the others.
 * @throws LocalSegmentError, before anything is sent, if a file is missing, the settings are refused, or there is no server.
 * @example
 * const report = await replay(withBaseUrl(tractionboard, sandbox.origin), { tokenId }, ['calls.json.gz'], progress)
 */
export async function replay<Settings>(
  definition: DestinationDefinition<Settings>,
  settings: Settings,
  files: string[],
  progress: Progress,
  retry?: RetryOptions
): Promise<ReplayReport> {
  const archives: Archive[] = []
  for await (const archive of listArchives(files)) archives.push(archive)
  const totalBytes = archives.reduce((sum, { size = 0 }) => sum + size, 0)
  const { check, send } = sender(definition, settings, retry)
  await check()

  const report = emptyReport()
  const mappings = mappingsOf(definition)
  const mappingsFor = router(mappings)
  // One queue per mapping, so that of two calls with one id the first is the first to arrive.
  const queueOf = (mapping: Mapping) =>
    batchQueue<PendingCall>(batchSizeOf(mapping), async (calls) => countOutcomes(report, await send(mapping, calls)))
  const queues = new Map(mappings.map((mapping) => [mapping, queueOf(mapping)]))

  let readBytes = 0
  progress.start(totalBytes)
  try {
    for (const archive of archives) {
      try {
        for await (const entries of readArchive(archive, { onBytes: (count) => (readBytes += count) })) {
          for (const entry of entries) {
            progress.advance(readBytes, report.read)
            if ('problem' in entry) {
              report.malformedLines.push(entry)
              continue
            }
            report.read += 1
            const matching = mappingsFor(entry.call)
            if (matching.length === 0) report.notSubscribed += 1
            for (const mapping of matching) await queues.get(mapping)?.add(entry)
          }
        }
      } catch (error) {
        if (!(error instanceof ReadError)) throw error
        report.readErrors.push(error.message)
      }
    }
  } finally {
    // After a failure, too: what was read is sent and counted.
    await Promise.all([...queues.values()].map((queue) => queue.finish())).finally(() => progress.stop())
  }
  sortRejections(
    report,
    archives.map(({ name }) => name)
  )
  return report
}
