import type { WireEvent, EventError, EventResult, EventResults } from '@tractionboard/contract'
import { countBy } from 'lodash'
import type { Store } from './store'
import { validateEvent } from './validation/event'

/** How many results have which status. */
export type Counts = Pick<EventResults, 'accepted' | 'duplicates' | 'rejected'>

/**
 * Validates and stores the events of a request, one after the other, so that an event may also be a duplicate of, or in
 * conflict with, an earlier one of the same request.
 *
 * @param events anything that `JSON.parse` gives.
 * @param isUnavailable called for each new event: whether it cannot be stored just now.
 * @returns one result an event, in their order.
 */
export function ingestEvents(events: readonly unknown[], store: Store, isUnavailable: () => boolean): EventResult[] {
  return events.map((event, index) => {
    const violation = validateEvent(event)
    if (!violation) return ingestValid(index, event as WireEvent, store, isUnavailable)
    return rejected(index, event, { ...violation, retryable: false })
  })
}

function ingestValid(index: number, event: WireEvent, store: Store, isUnavailable: () => boolean): EventResult {
  const novelty = store.classify(event)
  if (novelty === 'duplicate') {
    store.addDuplicate(event)
    return { index, id: event.id, status: 'duplicate' }
  }
  if (novelty === 'conflict') return rejected(index, event, conflict(event))
  if (isUnavailable()) return rejected(index, event, UNAVAILABLE)
  store.add(event)
  return { index, id: event.id, status: 'accepted' }
}

/** Counts the results of a request by status. */
export function countResults(results: readonly EventResult[]): Counts {
  const { accepted = 0, duplicate = 0, rejected = 0 } = countBy(results, 'status')
  return { accepted, duplicates: duplicate, rejected }
}

function rejected(index: number, event: unknown, error: EventError): EventResult {
  return { index, id: idOf(event), status: 'rejected', error }
}

function idOf(event: unknown): string | null {
  const { id } = Object(event) as { id?: unknown }
  return typeof id === 'string' ? id : null
}

function conflict({ type }: WireEvent): EventError {
  return {
    code: 'conflict',
    field: 'id',
    message: `An event of type ${type} with this id was accepted before with other content. Send a correction under an id of its own.`,
    retryable: false
  }
}

const UNAVAILABLE: EventError = {
  code: 'unavailable',
  field: null,
  message: 'The event could not be stored just now. Send the same event again later.',
  retryable: true
}
