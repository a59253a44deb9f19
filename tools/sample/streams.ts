import { createRng, type Rng } from '@tractionboard/testing/random'

/** Another seed makes another company of the same kind. */
const SEED = 1

/** Where the seeds of each stream begin. A thousand visitors fit between two of them. */
const STREAMS = { journey: 0, browser: 10_000, phone: 20_000, calls: 30_000, engage: 40_000, archive: 50_000 }

/**
 * Makes the random generator of one stream. Each visitor has streams of their own, so that a change to one leaves all
 * others as they are.
 *
 * @param number the visitor's number, from 0 to 9,999.
 */
export const rngFor = (stream: keyof typeof STREAMS, number = 0): Rng =>
  createRng(SEED * 100_000 + STREAMS[stream] + number)
