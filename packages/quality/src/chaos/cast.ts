import type { Dice } from '@tractionboard/testing/random'

/** What the calls of a world are drawn from. */
export interface Cast {
  roll: Dice
  users: string[]
  devices: string[]
}
