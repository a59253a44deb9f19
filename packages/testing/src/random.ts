import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64'
import { uniformInt } from 'pure-rand/distribution/uniformInt'
import { mersenne } from 'pure-rand/generator/mersenne'

/** Seeded random draws: the same seed gives the same draws on every run. */
export interface Rng {
  /** True with a probability from 0 (never) to 1 (always). */
  chance(probability: number): boolean
  /** A whole number from `min` to `max`, both included. */
  between(min: number, max: number): number
  pick<T>(list: readonly T[]): T
  /** One of a list, each with a probability in proportion to its weight. */
  weighted<T extends { weight: number }>(list: readonly T[]): T
  /** A random UUID of version 4. */
  uuid(): string
}

/**
 * Makes a random generator: the Mersenne Twister, because the first draws of pure-rand's faster generators are alike for
 * neighboring seeds.
 *
 * @param seed a whole number, of which the lowest 32 bits count.
 * @see https://github.com/dubzzz/pure-rand
 */
export function createRng(seed: number): Rng {
  const generator = mersenne(seed)
  const float = () => uniformFloat64(generator)
  const between = (min: number, max: number) => uniformInt(generator, min, max)
  const hex = (digits: number) => Array.from({ length: digits }, () => between(0, 15).toString(16)).join('')
  return {
    chance: (probability) => float() < probability,
    between,
    pick: (list) => list[between(0, list.length - 1)],
    weighted: (list) => {
      let left = float() * list.reduce((sum, { weight }) => sum + weight, 0)
      return list.find(({ weight }) => (left -= weight) < 0) ?? list[list.length - 1]
    },
    uuid: () => `${hex(8)}-${hex(4)}-4${hex(3)}-a${hex(3)}-${hex(12)}`
  }
}
