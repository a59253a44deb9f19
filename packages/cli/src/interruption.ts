import { constants } from 'node:os'

const SIGNALS = ['SIGINT', 'SIGTERM'] as const

/** The wish of a person or the system to end a command. */
export interface Interruption {
  /** Is aborted by the first signal. The second ends the process at once. */
  signal: AbortSignal
  /** What shells report for the signal that came: 130 for Ctrl+C. 1 if none came. */
  exitCode: () => number
  /** Gives the signals back. */
  release: () => void
}

/**
 * Takes SIGINT (Ctrl+C) and SIGTERM until it is released.
 *
 * @param onFirst is called on the first of them.
 */
export function takeInterruption(onFirst: () => void): Interruption {
  const controller = new AbortController()
  let exitCode = 1
  const interrupt = (name: (typeof SIGNALS)[number]) => {
    exitCode = 128 + constants.signals[name]
    // What is shown cleans up when the process exits.
    if (controller.signal.aborted) process.exit(exitCode)
    controller.abort()
    onFirst()
  }
  for (const name of SIGNALS) process.on(name, interrupt)
  return {
    signal: controller.signal,
    exitCode: () => exitCode,
    release: () => {
      for (const name of SIGNALS) process.off(name, interrupt)
    }
  }
}
