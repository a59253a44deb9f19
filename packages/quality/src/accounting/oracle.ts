/**
 * What must become of each event, decided from what the server was sent and what it said, in other words and by other
 * means than the destination's own: nothing is imported from it.
 */
import { isRetried } from '@tractionboard/local-segment'

/** What Segment does with an event. */
export type Fate = 'success' | 'discarded' | 'authentication' | 'retried'

/** What came back for a request. */
export type Answer = { status: number; text: string } | 'nothing'

/** A request: the places of its events among all that could be sent, their ids, and what came back. */
export interface Exchange {
  places: number[]
  ids: string[]
  answer: Answer
}

/**
 * The fate of each event that could be sent.
 *
 * @param count how many there were.
 * @throws Error if one was not asked about to the end, or twice.
 */
export function fatesOf(exchanges: Exchange[], count: number): Fate[] {
  const fates: (Fate | undefined)[] = Array.from({ length: count })
  for (const exchange of exchanges.filter((exchange) => !isToBeHalved(exchange))) {
    exchange.places.forEach((place, index) => {
      if (fates[place] !== undefined) throw new Error(`Event ${place} was sent again after an answer.`)
      fates[place] = fateOf(exchange, index)
    })
  }
  return fates.map((fate, place) => {
    if (fate === undefined) throw new Error(`Event ${place} was never sent.`)
    return fate
  })
}

/** The kind of the status that Segment is told. */
export function fateOfStatus(status: number | undefined): Fate | undefined {
  if (status === 200) return 'success'
  if (status === 400) return 'discarded'
  if (status === 401) return 'authentication'
  if (status === undefined) return undefined
  return isRetried(status) ? 'retried' : undefined
}

const isToBeHalved = ({ answer, ids }: Exchange) => answer !== 'nothing' && answer.status === 413 && ids.length > 1

function fateOf({ answer, ids }: Exchange, index: number): Fate {
  if (answer === 'nothing') return 'retried'
  const { status, text } = answer
  if (status === 200 || status === 207 || status === 422) return fateByWord(wordsOn(text, index), ids[index])
  if (status === 400 || status === 413) return 'discarded'
  return status === 401 || status === 403 ? 'authentication' : 'retried'
}

type Members = Record<string, unknown>

/** Everything in an answer that speaks of the event with an index, whether it can be understood or not. */
function wordsOn(text: string, index: number): Members[] {
  const results = membersOf(read(text)).results
  return Array.isArray(results) ? results.map(membersOf).filter((members) => members.index === index) : []
}

function fateByWord(words: Members[], id: string): Fate {
  const [word] = words
  if (words.length !== 1 || word.id !== id) return 'retried'
  if (word.status === 'accepted' || word.status === 'duplicate') return 'success'
  const { message, retryable } = membersOf(word.error)
  if (word.status !== 'rejected' || typeof message !== 'string') return 'retried'
  return retryable ? 'retried' : 'discarded'
}

function read(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

const membersOf = (value: unknown): Members => (value !== null && typeof value === 'object' ? (value as Members) : {})
