import { Destination } from '@segment/actions-core'
import { sortBy } from 'lodash'
import type { DestinationDefinition, JSONObject, SegmentEvent } from '@segment/actions-core'
import { mappingsOf, router, type Mapping } from '@tractionboard/local-segment'
import { isRetried } from '@tractionboard/local-segment'
import type { Settings } from '../../../destination/src/generated-types'
import type { Fields } from '@tractionboard/testing/call-builder'
import type { Rng } from '@tractionboard/testing/random'

/** The status and message that Segment gets for one call. */
export interface Verdict {
  status: number
  message: string
}

/** One call on its way to one mapping, until it has a final verdict. */
export interface PendingCall {
  call: Fields
  mapping: Mapping
  attempts: number
  /** The verdict of the last attempt. */
  verdict?: Verdict
}

/** Delivers calls of one mapping once: a single call, or a batch. Gives a verdict for each call. */
export type Deliver = (mapping: Mapping, calls: Fields[], isSingle: boolean) => Promise<Verdict[]>

/** Called with the verdict of each attempt that will be repeated. */
export type OnRetry = (verdict: Verdict) => void

/** More attempts than chance explains, given the probabilities of faults here. */
const MAX_ATTEMPTS = 100

/** Mostly small batches, so that there are many. */
const BATCH_SIZES = [1, 1, 2, 3, 5, 8, 40]

/** A pending call for each mapping that matches a call. */
export function pendingCallsOf(calls: Fields[], definition: Pick<DestinationDefinition, 'presets'>): PendingCall[] {
  const mappingsFor = router(mappingsOf(definition))
  return calls.flatMap((call) =>
    mappingsFor(call as unknown as SegmentEvent).map((mapping) => ({ call, mapping, attempts: 0 }))
  )
}

/**
 * Delivers as Segment does: at least once, in any order, and retries in other batches.
 *
 * @throws Error if a call gets no final verdict.
 */
export async function deliverAll(
  pendingCalls: PendingCall[],
  rng: Rng,
  deliver: Deliver,
  onRetry: OnRetry
): Promise<void> {
  let waiting = pendingCalls
  while (waiting.length > 0) {
    for (const { mapping, group } of randomBatches(waiting, rng)) {
      const isSingle = group.length === 1 && rng.chance(0.6)
      const calls = group.map(({ call }) => call)
      const verdicts = await deliver(mapping, calls, isSingle)
      if (verdicts.length !== group.length) throw new Error(`${verdicts.length} verdicts on ${group.length} calls.`)
      group.forEach((pending, index) =>
        Object.assign(pending, { verdict: verdicts[index], attempts: pending.attempts + 1 })
      )
    }
    waiting = waiting.filter(({ verdict }) => verdict && isRetried(verdict.status))
    for (const { verdict, attempts } of waiting) {
      if (attempts >= MAX_ATTEMPTS) throw new Error(`No verdict after ${attempts} attempts: ${verdict?.message}`)
      if (verdict) onRetry(verdict)
    }
  }
}

/** Splits calls into batches of one mapping each, in random order and of random sizes. */
function randomBatches(waiting: PendingCall[], rng: Rng): { mapping: Mapping; group: PendingCall[] }[] {
  const byMapping = new Map<Mapping, PendingCall[]>()
  for (const pending of shuffled(waiting, rng)) {
    byMapping.set(pending.mapping, [...(byMapping.get(pending.mapping) ?? []), pending])
  }
  const groups = [...byMapping].flatMap(([mapping, pendingCalls]) =>
    randomChunks(pendingCalls, rng).map((group) => ({ mapping, group }))
  )
  return shuffled(groups, rng)
}

function randomChunks<T>(list: T[], rng: Rng): T[][] {
  const size = rng.pick(BATCH_SIZES)
  return list.length === 0 ? [] : [list.slice(0, size), ...randomChunks(list.slice(size), rng)]
}

/** A copy of a list in random order. */
export const shuffled = <T>(list: T[], rng: Rng): T[] => sortBy(list, () => rng.between(0, 2 ** 40))

type MultiStatusEntry = { status: number; errormessage?: string }

/** Delivers to a destination. An error of a batch as a whole is thrown, and fails the run. */
export function deliverTo(definition: DestinationDefinition<Settings>, tokenId: string): Deliver {
  const destination = new Destination<Settings>(definition)
  return async (mapping, calls, isSingle) => {
    const settings = { tokenId, subscription: mapping as unknown as JSONObject }
    const events = structuredClone(calls) as unknown as SegmentEvent[]
    if (isSingle) return [await verdictOfSingle(destination.onEvent(events[0], settings))]
    const [{ multistatus = [] }] = await destination.onBatch(events, settings)
    return (multistatus as MultiStatusEntry[]).map(({ status, errormessage = '' }) => ({
      status,
      message: errormessage
    }))
  }
}

const verdictOfSingle = (delivered: Promise<unknown>): Promise<Verdict> =>
  delivered.then(
    () => ({ status: 200, message: '' }),
    (error: Verdict) => {
      if (error.status === undefined) throw error
      return { status: error.status, message: error.message }
    }
  )
