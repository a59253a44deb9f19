import { LIMITS, type Schema } from '@tractionboard/contract'
import { once } from 'lodash'
import { compile, contract } from '../contract'
import { describeViolation, type Violation } from './violation'

const validator = once(() => {
  const batch = contract().components.schemas.EventBatch as { properties: { events: Schema } }
  // Each event is validated by itself later, so that one bad event does not make the request invalid.
  const { items: _items, ...events } = batch.properties.events
  return compile({ ...batch, properties: { ...batch.properties, events } })
})

/**
 * Validates the body of a request, but not the events in it.
 *
 * @param body anything that `JSON.parse` gives.
 * @returns undefined if it is an object with a list of events, as many as the contract allows.
 */
export function validateBatch(body: unknown): Violation | undefined {
  const validate = validator()
  if (validate(body)) return undefined
  const errors = validate.errors ?? []
  const violation = describeViolation(errors, 'the request')
  if (errors.some(({ keyword }) => keyword === 'maxItems')) {
    return { ...violation, code: 'too_large', limit: { unit: 'events', maximum: LIMITS.maxEvents } }
  }
  return { ...violation, message: `${violation.message} The body must be an object with a list of events.` }
}
