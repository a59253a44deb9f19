import { contract, once } from '../../contract'
import { eventsOf } from '../../check/batch'
import { isEventType } from '../../check/event'
import { mangle } from '../../faults/mangle'
import { readJson } from '../../http/body'
import type { JournalEntry } from '../../journal'
import { counts, statusOf, take } from '../../take'
import type { Operation } from './serve'

/** Takes a batch of events. */
export const sendEvents: Operation = async ({ state, request, response, entry, plan }) => {
  const events = eventsOf(await readJson(request, response))
  entry.events = events.map(noted)
  return () => {
    const results = take(events, state.store, plan.isUnavailable)
    entry.counts = counts(results)
    return { status: statusOf(entry.counts), body: { ...entry.counts, results: mangle(results, plan) } }
  }
}

const maxIdLength = once(() => {
  const { properties } = contract().components.schemas.EventCommon as { properties: { id: { maxLength: number } } }
  return properties.id.maxLength
})

/** What the journal keeps of an event: nothing that is not one of the contract's types, or could be more than an id. */
function noted(event: unknown): JournalEntry['events'][number] {
  const { type, id } = Object(event) as { type?: unknown; id?: unknown }
  return { type: isEventType(type) ? type : null, id: typeof id === 'string' && id.length <= maxIdLength() ? id : null }
}
