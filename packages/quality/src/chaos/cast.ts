import type { Rng } from '@tractionboard/testing/random'

/** What the calls of a world are drawn from. */
export interface Cast {
  rng: Rng
  users: string[]
  devices: string[]
}
