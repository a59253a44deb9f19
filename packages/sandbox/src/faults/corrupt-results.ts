import type { EventResult } from '@tractionboard/contract'
import { difference } from 'lodash'
import type { FaultPlan } from './injector'
import { FAULT_KINDS, type FaultKind } from './kinds'
import type { Random } from './random'

type Corruption = (results: readonly EventResult[], random: Random) => EventResult[]

const CORRUPTIONS: Partial<Record<FaultKind, Corruption>> = {
  reorder: (results, random) => {
    const shuffled = random.shuffle(results)
    return shuffled.every((result, index) => result === results[index]) ? shuffled.reverse() : shuffled
  },
  omit: (results, random) => {
    const omitted = 1 + random.integer(results.length - 1)
    return difference(results, random.shuffle(results).slice(0, omitted))
  },
  repeat: (results, random) => {
    const repeated = random.integer(results.length)
    return [...results, ...results.slice(repeated, repeated + 1)]
  },
  wrong_id: (results, random) => {
    const renamed = random.integer(results.length)
    return results.map((result, index) => (index === renamed ? { ...result, id: `not-${result.id}` } : result))
  }
}

/** Reorders, omits, repeats or renames results, as far as the plan of a request has these faults. */
export function corruptResults(results: readonly EventResult[], { kinds, random }: FaultPlan): EventResult[] {
  return FAULT_KINDS.filter((kind) => kinds.has(kind)).reduce<EventResult[]>(
    (corrupted, kind) => CORRUPTIONS[kind]?.(corrupted, random) ?? corrupted,
    [...results]
  )
}
