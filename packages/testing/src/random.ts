/** Chance that comes out the same on every run: everything in the sample is drawn from one of these. */
export interface Dice {
  /** True in `share` of the throws, from 0 (never) to 1 (always). */
  chance(share: number): boolean
  /** A whole number from `least` to `most`, both included. */
  between(least: number, most: number): number
  /** One of a list. */
  pick<T>(list: readonly T[]): T
  /** One of a list, the heavier the likelier. */
  weighted<T extends { weight: number }>(list: readonly T[]): T
  /** An id in the form of a UUID. */
  uuid(): string
}

/** Dice of their own for each seed: a change in one life leaves all the others as they are. */
export function dice(seed: number): Dice {
  const next = mulberry32(Math.imul(seed + 1, 0x9e3779b1))
  const between = (least: number, most: number) => least + Math.floor(next() * (most - least + 1))
  const hex = (digits: number) => Array.from({ length: digits }, () => between(0, 15).toString(16)).join('')
  return {
    chance: (share) => next() < share,
    between,
    pick: (list) => list[between(0, list.length - 1)],
    weighted: (list) => {
      let left = next() * list.reduce((sum, { weight }) => sum + weight, 0)
      return list.find(({ weight }) => (left -= weight) < 0) ?? list[list.length - 1]
    },
    uuid: () => `${hex(8)}-${hex(4)}-4${hex(3)}-a${hex(3)}-${hex(12)}`
  }
}

function mulberry32(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
}
