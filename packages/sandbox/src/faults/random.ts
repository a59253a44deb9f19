import { sortBy } from 'lodash'
import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64'
import { mersenne } from 'pure-rand/generator/mersenne'

/** Seeded random draws: the same seed gives the same draws. */
export interface Random {
  /** From 0 up to, not including, 1. */
  float(): number
  /** A whole number from 0 up to, not including, `end`; 0 if `end` is 0. */
  integer(end: number): number
  /** A copy of a list in random order. */
  shuffle<T>(list: readonly T[]): T[]
}

/**
 * Makes a random generator: the Mersenne Twister, because the first draws of pure-rand's faster generators are alike for
 * neighboring seeds.
 *
 * @param seed a whole number, of which the lowest 32 bits count.
 * @see https://github.com/dubzzz/pure-rand
 */
export function seededRandom(seed: number): Random {
  const generator = mersenne(seed)
  const float = () => uniformFloat64(generator)
  return {
    float,
    integer: (end) => Math.floor(float() * end),
    shuffle: (list) => sortBy(list, float)
  }
}
