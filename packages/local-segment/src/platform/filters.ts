import type { SegmentEvent } from '@segment/actions-core'
import { cloneDeep, get, pickBy, update } from 'lodash'
import { LocalSegmentError } from '../errors'
import { matcher } from '../router'
import type { DestinationFilter, FilterAction } from './types'

/** What the filters leave of a call: a sentence that says which one dropped it, or the call, changed or not. */
export type Filtered = { stoppedBy: string } | { call: SegmentEvent }

type Change = Exclude<FilterAction, { type: 'DROP' }>

/** Segment's order. */
const ORDER: FilterAction['type'][] = ['DROP', 'DROP_PROPERTIES', 'ALLOW_PROPERTIES']

/**
 * Makes a function that applies destination filters in Segment's order: first those that drop calls, then those that
 * drop properties, then those that allow only some. A filter that cannot be evaluated for a call counts as one that matches, so that
 * nothing gets through that should not.
 *
 * @throws LocalSegmentError if the FQL of a filter cannot be parsed.
 * @see https://segment.com/docs/connections/destinations/destination-filters/
 */
export function destinationFilters(filters: DestinationFilter[]): (call: SegmentEvent) => Filtered {
  const rules = filters
    .filter(({ enabled }) => enabled !== false)
    .flatMap((filter, index) => {
      const name = filter.title ?? `number ${index + 1}`
      const matches = matcher(filter.if)
      if (!matches) {
        throw new LocalSegmentError(
          `The destination filter ${name} has FQL that Segment's parser cannot read: ${filter.if}`
        )
      }
      return filter.actions.map((action) => ({ name, action, matches }))
    })
    .sort((a, b) => ORDER.indexOf(a.action.type) - ORDER.indexOf(b.action.type))

  return (call) => {
    let kept = call
    for (const { name, action, matches } of rules) {
      if (!matches(call)) continue
      if (action.type === 'DROP') return { stoppedBy: `The destination filter ${name} drops this call.` }
      kept = withoutProperties(kept, action)
    }
    return { call: kept }
  }
}

function withoutProperties(call: SegmentEvent, { type, fields }: Change): SegmentEvent {
  const change = (value: unknown, names: string[]): unknown => {
    if (Array.isArray(value)) return value.map((element: unknown) => change(element, names))
    if (typeof value !== 'object' || value === null) return value
    return pickBy(value, (_, name) => names.includes(name) === (type === 'ALLOW_PROPERTIES'))
  }
  return Object.entries(fields).reduce<SegmentEvent>((changed, [path, names]) => {
    if (path === '') return change(changed, names) as SegmentEvent
    if (get(changed, path) !== undefined) update(changed, path, (value) => change(value, names))
    return changed
  }, cloneDeep(call))
}
