import type { Faults } from '@tractionboard/sandbox'
import type { Rng } from '@tractionboard/testing/random'

/** The destination's timeout where the sandbox is told not to respond. */
export const CLIENT_TIMEOUT_MS = 40

/** The faults of one delivery. */
export interface FaultProfile {
  faults: Faults
  /** Whether the first request gets no response, so that the destination needs a short timeout. */
  isTimeout: boolean
}

/**
 * Draws the faults of one delivery.
 *
 * 413 is drawn only where a request can be split: for a single event it is a final rejection, not a fault that passes. So
 * is 403, which is never drawn.
 *
 * @param isSplittable whether at least two events will be sent.
 */
export function drawFaults(rng: Rng, isSplittable: boolean): FaultProfile {
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
