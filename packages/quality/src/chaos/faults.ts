import type { Faults } from '@tractionboard/sandbox'
import type { Rng } from '@tractionboard/testing/random'

/** How long the destination waits for an answer that will not come, where that is staged. */
export const IMPATIENCE_MS = 40

/** What goes wrong with one delivery. */
export interface Trouble {
  faults: Faults
  /** Whether the first request is not answered at all, so that the destination should not wait for long. */
  isTimeout: boolean
}

/**
 * Draws what goes wrong with one delivery.
 *
 * A refusal of the whole request as too large is staged only where there is something to halve: of one event alone it is
 * Tractionboard's last word, and not a fault that passes. So is 403, which is never drawn.
 *
 * @param isSplittable whether at least two events are going to be sent.
 */
export function trouble(rng: Rng, isSplittable: boolean): Trouble {
  const isTimeout = rng.chance(0.01)
  const isTooLarge = isSplittable && rng.chance(0.08)
  return { faults: { ...shares(rng), script: isTimeout ? ['timeout'] : isTooLarge ? ['too_large'] : [] }, isTimeout }
}

const shares = (rng: Rng): Faults => ({
  seed: rng.between(0, 2 ** 31),
  too_many_requests: 0.06,
  server_error: 0.06,
  server_error_status: rng.pick([500, 501, 502, 503, 504, 599]),
  slow: 0.02,
  delay_ms: 3,
  drop_after_commit: 0.08,
  reorder: 0.1,
  omit: 0.06,
  repeat: 0.06,
  wrong_id: 0.06,
  garbage: 0.06,
  unavailable: 0.08
})
