import { hash } from 'node:crypto'

/** How many different texts are told apart; they take 64 MiB. */
const MAX_TEXTS = 5_000_000

/** The share of the slots that may be taken, so that a search stays short. */
const MAX_LOAD = 0.7

/** A number that stands for a text: 53 bits of its hash. */
export function textKey(text: string): number {
  // A text of one character a byte: a buffer for each of millions of texts would take several times as long.
  const digest = hash('sha1', text, 'binary')
  const high = digest.charCodeAt(0) | (digest.charCodeAt(1) << 8) | ((digest.charCodeAt(2) & 0x1f) << 16)
  const low = digest.charCodeAt(4) | (digest.charCodeAt(5) << 8) | (digest.charCodeAt(6) << 16)
  // 0 marks a free slot.
  return high * 2 ** 32 + digest.charCodeAt(7) * 2 ** 24 + low || 1
}

/** Counts different texts in bounded memory: it keeps the key of each. */
export class DistinctTexts {
  private slots = new Float64Array(1024)
  /** How many different texts there were, as far as they are told apart. */
  count = 0

  constructor(private readonly max = MAX_TEXTS) {}

  /** Whether there may be more texts than were counted. */
  get isFull(): boolean {
    return this.count >= this.max
  }

  /**
   * Adds a text.
   *
   * @returns whether it was added before. Once the counter is full, texts that were not are no longer kept.
   */
  add(text: string): boolean {
    return this.addKey(textKey(text))
  }

  /** Adds a text of which only the key is known. Otherwise as `add`. */
  addKey(key: number): boolean {
    const slot = this.slotOf(key)
    if (this.slots[slot] === key) return true
    if (this.isFull) return false
    this.slots[slot] = key
    this.count += 1
    if (this.count > this.slots.length * MAX_LOAD) this.grow()
    return false
  }

  /** Whether a text was added, and is kept. */
  has(text: string): boolean {
    const key = textKey(text)
    return this.slots[this.slotOf(key)] === key
  }

  private slotOf(key: number): number {
    let slot = key % this.slots.length
    while (this.slots[slot] !== 0 && this.slots[slot] !== key) slot = (slot + 1) % this.slots.length
    return slot
  }

  private grow(): void {
    const keys = this.slots
    this.slots = new Float64Array(keys.length * 2)
    for (const key of keys) if (key !== 0) this.slots[this.slotOf(key)] = key
  }
}
