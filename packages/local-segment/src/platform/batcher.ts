/** When a batch is full. */
export interface BatchLimits {
  /** How many items it has at the most. */
  size: number
  /** How many bytes its items have at the most, together; one item may have more. */
  bytes: number
  /** How long an item waits for others at the most. */
  maxWaitMs: number
}

/**
 * Collects items into batches by number, bytes and time.
 *
 * @param send is given each batch. It must not throw.
 */
export class Batcher<T> {
  private waiting: T[] = []
  private waitingBytes = 0
  private timer: NodeJS.Timeout | undefined

  constructor(
    private readonly limits: BatchLimits,
    private readonly send: (batch: T[]) => void
  ) {}

  add(item: T, bytes: number): void {
    if (this.waiting.length > 0 && this.waitingBytes + bytes > this.limits.bytes) this.flush()
    this.waiting.push(item)
    this.waitingBytes += bytes
    if (this.waiting.length >= this.limits.size) this.flush()
    else this.timer ??= setTimeout(() => this.flush(), this.limits.maxWaitMs)
  }

  /** Sends what is waiting at once. */
  flush(): void {
    clearTimeout(this.timer)
    this.timer = undefined
    if (this.waiting.length === 0) return
    const batch = this.waiting
    this.waiting = []
    this.waitingBytes = 0
    this.send(batch)
  }
}
