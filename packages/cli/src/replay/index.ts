import type { DestinationDefinition } from '@segment/actions-core'
import { LIMITS } from '@tractionboard/contract'
import { batchQueue } from './queue'
import { readArchives, sizeOf, Unreadable } from './archive'
import { mappingsOf, router } from './router'
import type { Mapping } from './router'
import { sender } from './sender'
import type { Patience, Sending } from './sender'
import { count, emptyTally, sortRejections } from './tally'
import type { Tally } from './tally'

export type { Tally } from './tally'

/** What is told while a replay goes on. */
export interface Progress {
  start(totalBytes: number): void
  advance(readBytes: number, readCalls: number): void
  stop(): void
}

/**
 * Sends archives of Segment calls through a destination, as Segment's platform would: each call to the mappings that it
 * is for, in batches, and again where that may help.
 *
 * @param definition the destination, sending to where the calls shall go, with its presets as mappings.
 * @param files archives as `readArchives` takes them, read one after the other.
 * @returns what became of each call.
 * @throws Failure, before anything is sent, if a file is not there, the Token ID is refused, or nobody answers.
 */
export async function replay<Settings>(
  definition: DestinationDefinition<Settings>,
  tokenId: string,
  files: string[],
  progress: Progress,
  patience?: Patience
): Promise<Tally> {
  const totalBytes = await sizeOf(files)
  const { check, send } = sender(definition, tokenId, patience)
  await check()

  const tally = emptyTally()
  const mappings = mappingsOf(definition)
  const mappingsFor = router(mappings)
  // A queue for each mapping, so that of two calls with one id the first is the first to arrive.
  const queueOf = (mapping: Mapping) =>
    batchQueue<Sending>(LIMITS.maxEvents, async (calls) => count(tally, await send(mapping, calls)))
  const queues = new Map(mappings.map((mapping) => [mapping, queueOf(mapping)]))

  let readBytes = 0
  progress.start(totalBytes)
  try {
    for await (const entry of readArchives(files, (bytes) => (readBytes += bytes))) {
      progress.advance(readBytes, tally.read)
      if ('problem' in entry) {
        tally.broken.push(entry)
        continue
      }
      tally.read += 1
      const found = mappingsFor(entry.call)
      if (found.length === 0) tally.notSubscribed += 1
      for (const mapping of found) await queues.get(mapping)?.add(entry)
    }
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error
    tally.unread = error.message
  } finally {
    // Also after a failure: what was read is sent, and counted.
    await Promise.all([...queues.values()].map((queue) => queue.finish())).finally(() => progress.stop())
  }
  sortRejections(tally, files)
  return tally
}
