import { isEmpty, isEqual, isPlainObject } from 'lodash'
import { sortedRecord } from './sorted-record'
import type { TimedEvent } from './timed-event'

/**
 * The latest value of each attribute, sorted by name; `null` removes an attribute, and an alias sets `previous_id`.
 *
 * @param timedEvents a person's events, sorted by time.
 */
export function latestAttributes(timedEvents: readonly TimedEvent[]): Record<string, unknown> {
  const result = new Map<string, unknown>()
  for (const event of timedEvents) {
    for (const [name, written] of attributeChanges(event)) {
      const value = name === 'group' ? nextGroup(result.get(name), written) : written
      if (value === null) result.delete(name)
      else result.set(name, value)
    }
  }
  return sortedRecord(result)
}

function attributeChanges(event: TimedEvent): [string, unknown][] {
  if (event.type === 'alias') return [['previous_id', event.previous_id]]
  return event.type === 'login' || event.type === 'attribute' ? Object.entries(event.attributes ?? {}) : []
}

/** What a group becomes: the contract states the rule where it has `Attributes`. */
function nextGroup(current: unknown = null, written: unknown): unknown {
  if (!isPlainObject(written)) return written
  const { id, traits = null } = written as { id?: unknown; traits?: unknown }
  if (id === null || (typeof id === 'string' && id.trim() === '')) return current
  const hasTraits = traits !== null && !(typeof traits === 'object' && isEmpty(traits))
  if (id === undefined || hasTraits) return written
  return isPlainObject(current) && isEqual((current as { id?: unknown }).id, id) ? current : { id }
}
