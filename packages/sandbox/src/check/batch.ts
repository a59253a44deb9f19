import { LIMITS, type Schema } from '@tractionboard/contract'
import { compile, contract, once } from '../contract'
import { problem } from '../http/problem'
import { explain } from './explain'

const validator = once(() => {
  const batch = contract().components.schemas.EventBatch as { properties: { events: Schema } }
  // The events are looked at one by one later, so that one bad event does not refuse the request.
  const { items: _items, ...events } = batch.properties.events
  return compile({ ...batch, properties: { ...batch.properties, events } })
})

/**
 * Takes the events out of the body of a request.
 *
 * @param body anything that came out of `JSON.parse`.
 * @returns the events, unchecked: between one and the most that the contract allows.
 * @throws a problem with status 413 if there are too many, or 400 if the body is anything but a list of events.
 */
export function eventsOf(body: unknown): unknown[] {
  const validate = validator()
  if (validate(body)) return (body as { events: unknown[] }).events
  const { message } = explain(validate.errors ?? [], 'the request')
  if (validate.errors?.some(({ keyword }) => keyword === 'maxItems')) {
    throw problem(413, message, { limit: { unit: 'events', maximum: LIMITS.maxEvents } })
  }
  throw problem(400, `${message} The body must be an object with a list of events.`)
}
