import type { EventError, EventResult, EventResults, WireEvent } from '@tractionboard/contract'
import { checkEvent } from './check/event'
import type { Store } from './store'

/** Numbers of results by their status, which add up to the number of events. */
export type Counts = Pick<EventResults, 'accepted' | 'duplicates' | 'rejected'>

/**
 * Takes the events of a request, one after the other, so that an event may also be a duplicate of, or in conflict with,
 * an earlier one of the same request.
 *
 * @param events anything that came out of `JSON.parse`.
 * @param isUnavailable asked for each event that would be stored: whether it cannot be just now.
 * @returns one result an event, in their order.
 */
export function take(events: readonly unknown[], store: Store, isUnavailable: () => boolean): EventResult[] {
  return events.map((event, index) => {
    const error = checkEvent(event)
    return error ? rejected(index, event, error) : takeChecked(index, event as WireEvent, store, isUnavailable)
  })
}

function takeChecked(index: number, event: WireEvent, store: Store, isUnavailable: () => boolean): EventResult {
  const novelty = store.compare(event)
  if (novelty === 'same') return { index, id: event.id, status: 'duplicate' }
  if (novelty === 'other') return rejected(index, event, conflict(event))
  if (isUnavailable()) return rejected(index, event, UNAVAILABLE)
  store.add(event)
  return { index, id: event.id, status: 'accepted' }
}

/** Counts the results of a request. */
export function counts(results: readonly EventResult[]): Counts {
  const of = (status: EventResult['status']) => results.filter((result) => result.status === status).length
  return { accepted: of('accepted'), duplicates: of('duplicate'), rejected: of('rejected') }
}

/** The HTTP status of an answer: 200 if all events were taken, 422 if none was, 207 if only some were. */
export function statusOf({ accepted, duplicates, rejected }: Counts): number {
  if (rejected === 0) return 200
  return accepted + duplicates === 0 ? 422 : 207
}

function rejected(index: number, event: unknown, error: EventError): EventResult {
  return { index, id: readableId(event), status: 'rejected', error }
}

function readableId(event: unknown): string | null {
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
