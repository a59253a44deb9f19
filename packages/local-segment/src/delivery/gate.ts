import type { Clock } from './clock'

/** Holds back requests: while the server asks to wait, and so that no more calls a second are sent than allowed. */
export class Gate {
  private pausedUntil = -Infinity
  private nextFreeAt = -Infinity

  /**
   * @param signal ends all waiting. What need not wait still passes.
   * @param rate how many calls a second may pass at most.
   */
  constructor(
    private readonly clock: Clock,
    private readonly signal: AbortSignal,
    private readonly rate = Infinity
  ) {}

  /** Lets nothing pass for so many milliseconds. */
  pause(ms: number): void {
    this.pausedUntil = Math.max(this.pausedUntil, this.clock.now() + ms)
  }

  /** Waits until so many calls may be sent. Rejects with the reason of the signal if that is aborted meanwhile. */
  async pass(calls: number): Promise<void> {
    const start = Math.max(this.clock.now(), this.nextFreeAt)
    this.nextFreeAt = start + (calls / this.rate) * 1000
    for (;;) {
      const wait = Math.max(start, this.pausedUntil) - this.clock.now()
      if (wait <= 0) return
      this.signal.throwIfAborted()
      await this.clock.sleep(wait, this.signal)
    }
  }
}
