/** Collects items, and sends them on in batches, one batch after the other. */
export interface Queue<T> {
  /** Waits while a full batch cannot be sent yet, so that no more is kept than two batches. */
  add: (item: T) => Promise<void>
  /** Sends what is left, and waits until everything is sent. */
  finish: () => Promise<void>
}

/**
 * Makes a queue.
 *
 * @param size how many items a batch has at the most.
 * @param send sends one batch. What it throws, a later `add` or `finish` throws.
 */
export function batchQueue<T>(size: number, send: (batch: T[]) => Promise<void>): Queue<T> {
  let waiting: T[] = []
  let sent = Promise.resolve()

  async function flush(): Promise<void> {
    await sent
    const batch = waiting
    waiting = []
    if (batch.length === 0) return
    sent = send(batch)
    // Whoever waits for `sent` is told of a failure; until then it is no failure that nobody handles.
    sent.catch(() => {})
  }

  return {
    async add(item) {
      waiting.push(item)
      if (waiting.length >= size) await flush()
    },
    async finish() {
      await flush()
      await sent
    }
  }
}
