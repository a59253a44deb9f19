import { openQueue } from './redis'
import type { QueuedReplay } from './types'

/** What is in a queue. */
export interface QueueStatus {
  /** Undefined if there is none. */
  replay?: QueuedReplay
  isPaused: boolean
  /** How many archives wait for a worker, and how many workers deliver one. */
  waiting: number
  active: number
  /** How many workers are there. */
  workers: number
}

/**
 * Looks at a queue.
 *
 * @param url the address of Redis.
 * @throws LocalSegmentError if Redis cannot be reached.
 */
export async function queueStatus(url: string): Promise<QueueStatus> {
  const queue = await openQueue(url)
  try {
    const { wait, active } = await queue.jobs.getJobCounts('wait', 'active')
    return {
      replay: await queue.read(),
      isPaused: await queue.jobs.isPaused(),
      waiting: wait,
      active,
      workers: await queue.jobs.getWorkersCount()
    }
  } finally {
    queue.close()
  }
}

/**
 * Lets the workers of a queue take no further archive, or take archives again. What they have taken they deliver.
 *
 * @param url the address of Redis.
 * @throws LocalSegmentError if Redis cannot be reached.
 */
export async function setQueuePaused(url: string, isPaused: boolean): Promise<void> {
  const queue = await openQueue(url)
  try {
    await (isPaused ? queue.jobs.pause() : queue.jobs.resume())
  } finally {
    queue.close()
  }
}
