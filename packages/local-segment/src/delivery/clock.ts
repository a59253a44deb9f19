import { setTimeout as timeout } from 'node:timers/promises'

/** Time and chance, so that tests need neither. */
export interface Clock {
  /** Milliseconds since some moment. It never goes back, also when the clock of the machine is set back. */
  now: () => number
  /** Waits so many milliseconds. Rejects with the reason of the signal as soon as that is aborted. */
  sleep: (ms: number, signal: AbortSignal) => Promise<void>
  /** A number from 0 to below 1. */
  random: () => number
}

/** The longest wait that a timer of Node.js can have; it ends longer ones at once. */
const MAX_TIMER_MS = 2 ** 31 - 1

export const SYSTEM_CLOCK: Clock = {
  now: () => performance.now(),
  async sleep(ms, signal) {
    try {
      for (let left = ms; left > 0; left -= MAX_TIMER_MS)
        await timeout(Math.min(left, MAX_TIMER_MS), undefined, { signal })
    } catch {
      signal.throwIfAborted()
    }
  },
  random: () => Math.random()
}
