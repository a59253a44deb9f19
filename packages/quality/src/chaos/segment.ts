import { Destination } from '@segment/actions-core'
import type { DestinationDefinition, JSONObject, SegmentEvent } from '@segment/actions-core'
import { mappingsOf, router, type Mapping } from '@tractionboard/local-segment'
import { isRetried } from '@tractionboard/local-segment'
import type { Settings } from '../../../destination/src/generated-types'
import type { Fields } from '@tractionboard/testing/call-builder'
import type { Rng } from '@tractionboard/testing/random'

/** What Segment is told of one call. */
export interface Told {
  status: number
  message: string
}

/** One call on its way to one mapping, until it has a final verdict. */
export interface Sending {
  call: Fields
  mapping: Mapping
  attempts: number
  /** The last that was said of it. */
  told?: Told
}

/** How Segment hands calls over, once: all of one mapping, alone or in a batch. */
export type HandOver = (mapping: Mapping, calls: Fields[], alone: boolean) => Promise<Told[]>

/** What is told of each attempt that is to be repeated. */
export type OnRetry = (told: Told) => void

/** After so many attempts a call counts as never delivered: with the shares of faults here, chance does not get there. */
const MOST_ATTEMPTS = 100

/** The sizes of batches: mostly small, so that there are many. */
const SIZES = [1, 1, 2, 3, 5, 8, 40]

/** The sendings that the calls come to. A call that nothing subscribes to is none. */
export function sendingsOf(calls: Fields[], definition: Pick<DestinationDefinition, 'presets'>): Sending[] {
  const mappingsFor = router(mappingsOf(definition))
  return calls.flatMap((call) =>
    mappingsFor(call as unknown as SegmentEvent).map((mapping) => ({ call, mapping, attempts: 0 }))
  )
}

/**
 * Delivers as Segment does: at least once, in any order, and again what may be taken later, each time in other batches.
 *
 * @throws Error if a call gets no final verdict.
 */
export async function deliverAll(sendings: Sending[], rng: Rng, handOver: HandOver, onRetry: OnRetry): Promise<void> {
  let waiting = sendings
  while (waiting.length > 0) {
    for (const { mapping, group } of grouped(waiting, rng)) {
      const alone = group.length === 1 && rng.chance(0.6)
      const calls = group.map(({ call }) => call)
      const told = await handOver(mapping, calls, alone)
      if (told.length !== group.length) throw new Error(`${told.length} verdicts on ${group.length} calls.`)
      group.forEach((sending, index) => Object.assign(sending, { told: told[index], attempts: sending.attempts + 1 }))
    }
    waiting = waiting.filter(({ told }) => told && isRetried(told.status))
    for (const { told, attempts } of waiting) {
      if (attempts >= MOST_ATTEMPTS) throw new Error(`No verdict after ${attempts} attempts: ${told?.message}`)
      if (told) onRetry(told)
    }
  }
}

/** Splits what waits into groups of one mapping, in random order and of random sizes. */
function grouped(waiting: Sending[], rng: Rng): { mapping: Mapping; group: Sending[] }[] {
  const byMapping = new Map<Mapping, Sending[]>()
  for (const sending of shuffled(waiting, rng)) {
    byMapping.set(sending.mapping, [...(byMapping.get(sending.mapping) ?? []), sending])
  }
  const groups = [...byMapping].flatMap(([mapping, sendings]) =>
    pieces(sendings, rng).map((group) => ({ mapping, group }))
  )
  return shuffled(groups, rng)
}

function pieces<T>(list: T[], rng: Rng): T[][] {
  const size = rng.pick(SIZES)
  return list.length === 0 ? [] : [list.slice(0, size), ...pieces(list.slice(size), rng)]
}

/** A copy of a list in random order. */
export const shuffled = <T>(list: T[], rng: Rng): T[] =>
  list
    .map((value) => ({ value, turn: rng.between(0, 2 ** 40) }))
    .sort((one, other) => one.turn - other.turn)
    .map(({ value }) => value)

/** A node of what a batch gives back, so far as it is read here. */
type Node = { status: number; errormessage?: string }

/** Hands calls over to a destination with a Token ID. What a batch throws as a whole is a failure of the run. */
export function handOverTo(definition: DestinationDefinition<Settings>, tokenId: string): HandOver {
  const destination = new Destination<Settings>(definition)
  return async (mapping, calls, alone) => {
    const settings = { tokenId, subscription: mapping as unknown as JSONObject }
    const events = structuredClone(calls) as unknown as SegmentEvent[]
    if (alone) return [await toldAlone(destination.onEvent(events[0], settings))]
    const [{ multistatus = [] }] = await destination.onBatch(events, settings)
    return (multistatus as Node[]).map(({ status, errormessage = '' }) => ({ status, message: errormessage }))
  }
}

const toldAlone = (delivered: Promise<unknown>): Promise<Told> =>
  delivered.then(
    () => ({ status: 200, message: '' }),
    (error: Told) => {
      if (error.status === undefined) throw error
      return { status: error.status, message: error.message }
    }
  )
