import type { EventResult } from '@tractionboard/contract'
import { below, shuffled, type Random } from './random'
import type { Plan } from './switch'
import { OUTCOMES, type Outcome } from './settings'

type Mangler = (results: readonly EventResult[], random: Random) => EventResult[]

const MANGLERS: Partial<Record<Outcome, Mangler>> = {
  reorder: (results, random) => {
    const other = shuffled(results, random)
    return other.every((result, place) => result === results[place]) ? other.reverse() : other
  },
  omit: (results, random) => {
    const omitted = 1 + below(results.length - 1, random)
    const gone = new Set(shuffled(results, random).slice(0, omitted))
    return results.filter((result) => !gone.has(result))
  },
  repeat: (results, random) => {
    const place = below(results.length, random)
    return [...results, ...results.slice(place, place + 1)]
  },
  wrong_id: (results, random) => {
    const place = below(results.length, random)
    return results.map((result, each) => (each === place ? { ...result, id: `not-${result.id}` } : result))
  }
}

/** Does to the results of a request what its plan says: puts them in another order, omits, repeats or renames some. */
export function mangle(results: readonly EventResult[], { outcomes, random }: Plan): EventResult[] {
  return OUTCOMES.filter((outcome) => outcomes.has(outcome)).reduce<EventResult[]>(
    (mangled, outcome) => MANGLERS[outcome]?.(mangled, random) ?? mangled,
    [...results]
  )
}
