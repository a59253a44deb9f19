import type { Arbitrary } from 'fast-check'
import type { Target } from './target'

/** A kind of case: what it is drawn from, and what is wrong with what came of one. */
export interface Kind {
  name: string
  /** Its share of the cases, in thousandths. */
  share: number
  /** Runs one case; tells what is wrong, each in a sentence. */
  run: (target: Target, value: unknown) => Promise<string[]>
  values: Arbitrary<unknown>
}

/** Makes a kind, whose values fit what runs them. */
export const kind = <T>(
  name: string,
  share: number,
  values: Arbitrary<T>,
  run: (target: Target, value: T) => Promise<string[]>
): Kind => ({ name, share, values, run: (target, value) => run(target, value as T) })
