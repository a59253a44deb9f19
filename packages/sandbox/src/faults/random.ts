/** Gives the next of a row of numbers from 0 up to, not including, 1. */
export type Random = () => number

/**
 * A row of numbers that look random and are the same for the same seed (the generator known as mulberry32).
 *
 * @param seed a whole number; its lowest 32 bits count.
 */
export function seeded(seed: number): Random {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

/** A whole number from 0 up to, not including, `end`. */
export function below(end: number, random: Random): number {
  return Math.floor(random() * end)
}

/** A copy of a list in random order. */
export function shuffled<T>(list: readonly T[], random: Random): T[] {
  const copy = [...list]
  for (let last = copy.length - 1; last > 0; last--) {
    const other = below(last + 1, random)
    ;[copy[last], copy[other]] = [copy[other], copy[last]]
  }
  return copy
}
