import type { Clock } from './clock'

/** Takes a turn for so many calls, and gives the milliseconds to wait before they may be sent. */
export type Reserve = (calls: number) => Promise<number> | number

/** Gives turns so that no more calls a second are sent than allowed. */
export function turns(clock: Clock, rate = Infinity): Reserve {
  let nextFreeAt = -Infinity
  return (calls) => {
    const now = clock.now()
    const start = Math.max(now, nextFreeAt)
    nextFreeAt = start + (calls / rate) * 1000
    return start - now
  }
}

/** Holds back requests: while the server asks to wait, and so that no more calls a second are sent than allowed. */
export class Gate {
  private pausedUntil = -Infinity

  /**
   * @param signal ends all waiting. What need not wait still passes.
   * @param reserve takes a turn for so many calls, and gives the milliseconds to wait before they may pass.
   */
  constructor(
    private readonly clock: Clock,
    private readonly signal: AbortSignal,
    private readonly reserve: Reserve = () => 0
  ) {}

  /** Lets nothing pass for so many milliseconds. */
  pause(ms: number): void {
    this.pausedUntil = Math.max(this.pausedUntil, this.clock.now() + ms)
  }

  /** Waits until so many calls may be sent. Rejects with the reason of the signal if that is aborted meanwhile. */
  async pass(calls: number): Promise<void> {
    const turn = await this.reserve(calls)
    const start = this.clock.now() + turn
    for (;;) {
      const wait = Math.max(start, this.pausedUntil) - this.clock.now()
      if (wait <= 0) return
      this.signal.throwIfAborted()
      await this.clock.sleep(wait, this.signal)
    }
  }
}
