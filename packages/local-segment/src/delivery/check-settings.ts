import { LocalSegmentError } from '../errors'
import { retryDelay, type RetryOptions } from '../retry'
import type { Clock } from './clock'
import type { Sender } from './sender'
import type { ServerHealth } from './server-health'

/**
 * Checks that the settings are good, and that there is a server. Asks again while the server fails.
 *
 * @throws LocalSegmentError if they are not, in one sentence; Stop if the server fails for too long.
 */
export async function checkSettings(
  sender: Sender,
  { health, retry, clock, signal }: { health: ServerHealth; retry: RetryOptions; clock: Clock; signal: AbortSignal }
): Promise<void> {
  for (let failures = 1; ; failures += 1) {
    signal.throwIfAborted()
    const failure = await sender.check()
    if (!failure) break
    const { problem, isRetryable, retryAfterMs } = failure
    if (!isRetryable) throw new LocalSegmentError(problem)
    if (retryAfterMs === undefined) {
      await clock.sleep(health.failed(problem, retryDelay(retry, failures, clock.random())), signal)
    } else {
      health.mayWait(retryAfterMs, problem)
      await clock.sleep(retryAfterMs, signal)
    }
  }
  health.answered()
}
