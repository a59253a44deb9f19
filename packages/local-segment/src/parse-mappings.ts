import { type JSONObject, transform } from '@segment/actions-core'
import { isPlainObject } from 'lodash'
import { errorMessage, LocalSegmentError } from './errors'
import { type Mapping, matcher } from './router'

/** A mapping as Segment's Public API gives it. */
interface ApiSubscription {
  name?: unknown
  actionSlug?: unknown
  /** What is not switched off is on. */
  enabled?: unknown
  /** FQL. */
  trigger?: unknown
  /** The model of Reverse ETL that the rows come from; blank for a mapping of calls. */
  modelId?: unknown
  /** Where each field of the action takes its value from, and the size of batches. */
  settings?: unknown
}

/**
 * Reads the mappings of a customer.
 *
 * @param text JSON as Segment's Public API answers to "List Subscriptions from Destination", or only the list in it.
 *   Disabled mappings, and those of Reverse ETL, which are not for calls, are passed over.
 * @param definition the destination that they are for.
 * @throws LocalSegmentError that names the first mapping that cannot be used, and says why.
 * @see https://docs.segmentapis.com/tag/Destinations#operation/listSubscriptionsFromDestination
 */
export function parseMappings(text: string, definition: { actions: object }): Mapping[] {
  const mappings = subscriptionsIn(text).flatMap((subscription, index): Mapping[] => {
    if (!isPlainObject(subscription)) throw new LocalSegmentError(`Mapping ${index + 1} is not an object.`)
    const { enabled, modelId } = subscription
    return enabled === false || modelId ? [] : [mappingOf(subscription, index, definition)]
  })
  if (mappings.length === 0) throw new LocalSegmentError('There is no mapping that is enabled.')
  return mappings
}

function subscriptionsIn(text: string): ApiSubscription[] {
  let json: unknown
  try {
    json = JSON.parse(text.replace(/^\uFEFF/, ''))
  } catch (error) {
    throw new LocalSegmentError(`The mappings are not JSON: ${errorMessage(error)}.`)
  }
  const { data = json } = Object(json) as { data?: unknown }
  const { subscriptions = data, pagination } = Object(data) as { subscriptions?: unknown; pagination?: unknown }
  if (!Array.isArray(subscriptions)) {
    throw new LocalSegmentError(
      'The mappings are not a list, and no answer of Segment\'s Public API with "subscriptions" in it.'
    )
  }
  if ((Object(pagination) as { next?: unknown }).next) {
    throw new LocalSegmentError(
      'This is only one page of the mappings: ask for all of them with a larger pagination.count.'
    )
  }
  return subscriptions as ApiSubscription[]
}

function mappingOf(
  { name, actionSlug, trigger, settings = {} }: ApiSubscription,
  index: number,
  { actions }: { actions: object }
): Mapping {
  const title = typeof name === 'string' && name.trim() !== '' ? `Mapping "${name}"` : `Mapping ${index + 1}`
  const fail = (problem: string): never => {
    throw new LocalSegmentError(`${title} ${problem}`)
  }
  if (typeof actionSlug !== 'string') return fail('has no actionSlug, which is a text.')
  if (!Object.hasOwn(actions, actionSlug)) {
    return fail(`has the action "${actionSlug}", which is not one of ${Object.keys(actions).join(', ')}.`)
  }
  if (typeof trigger !== 'string') return fail('has no trigger, which is FQL.')
  if (!matcher(trigger)) return fail(`has a trigger that Segment's parser cannot read: ${trigger}`)
  if (!isPlainObject(settings)) return fail('has settings that are not an object.')
  try {
    transform(settings as JSONObject, {})
  } catch (error) {
    // It has all problems, and its message their stacks.
    const [first] = Symbol.iterator in Object(error) ? (error as Iterable<Error>) : [error]
    fail(`has settings that cannot be used: ${errorMessage(first)}`)
  }
  return {
    name: typeof name === 'string' ? name : title,
    type: 'automatic',
    partnerAction: actionSlug,
    subscribe: trigger,
    mapping: settings as Mapping['mapping']
  }
}

/**
 * Whether a call would be counted twice: two of its mappings make events of it that differ in their action, or in where
 * their ID comes from. With the same action and ID, the second is a duplicate of the first.
 *
 * @param mappings those that match the call.
 * @param idField the field of each action that has the ID of the event.
 * @param uncounted actions that only set something, so that nothing is counted.
 * @returns the first two mappings that count the call twice, if there are any.
 */
export function countedTwice(
  mappings: Mapping[],
  idField: string,
  uncounted: readonly string[] = []
): [Mapping, Mapping] | undefined {
  if (mappings.length < 2) return undefined
  const idOf = ({ mapping }: Mapping) => JSON.stringify((mapping as Record<string, unknown> | undefined)?.[idField])
  const [first, ...others] = mappings.filter(({ partnerAction }) => !uncounted.includes(partnerAction))
  const second = others.find((other) => other.partnerAction !== first.partnerAction || idOf(other) !== idOf(first))
  return second && [first, second]
}
