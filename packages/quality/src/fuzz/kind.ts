import type { Arbitrary } from 'fast-check'
import type { Target } from './target'

/** A kind of case: how its values are drawn, and how one is run. */
export interface Kind {
  name: string
  /** Its share of all cases, in thousandths. */
  share: number
  /** Runs one case, and gives each violation in words. */
  run: (target: Target, value: unknown) => Promise<string[]>
  values: Arbitrary<unknown>
}

/** Makes a kind whose `run` takes the type of its values. */
export const kind = <T>(
  name: string,
  share: number,
  values: Arbitrary<T>,
  run: (target: Target, value: T) => Promise<string[]>
): Kind => ({ name, share, values, run: (target, value) => run(target, value as T) })
