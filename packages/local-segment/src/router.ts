import type { DestinationDefinition, SegmentEvent } from '@segment/actions-core'
import { parseFql, validate } from '@segment/destination-subscriptions'

/** A mapping of a customer: which calls (FQL), which action, and which value goes to which field. */
export type Mapping = Extract<NonNullable<DestinationDefinition['presets']>[number], { type: 'automatic' }>

/** The mappings of a customer who changed nothing: the definition's automatic presets. */
export const mappingsOf = (definition: Pick<DestinationDefinition, 'presets'>): Mapping[] =>
  (definition.presets ?? []).filter((preset): preset is Mapping => preset.type === 'automatic')

/** How many events Segment puts into a batch when a mapping has no `batch_size`. */
const DEFAULT_BATCH_SIZE = 1000

/** The number of events in a batch of this mapping: its `batch_size`, which Segment obeys. */
export function batchSizeOf({ mapping }: Mapping): number {
  const size = Number((mapping as { batch_size?: unknown } | undefined)?.batch_size)
  return size >= 1 ? Math.floor(size) : DEFAULT_BATCH_SIZE
}

/** The bytes of the payloads of a batch of this mapping: its `batch_bytes`, which Segment obeys. No limit without it. */
export function batchBytesOf({ mapping }: Mapping): number {
  const bytes = Number((mapping as { batch_bytes?: unknown } | undefined)?.batch_bytes)
  return bytes >= 1 ? bytes : Infinity
}

/**
 * Finds the mappings that match a call, as Segment's platform does before it calls a destination.
 *
 * Calls must be sorted before they are put into a batch: actions-core reports a call that does not match the mapping of
 * its batch as failed.
 *
 * @see https://segment.com/docs/connections/destinations/actions/#conditions
 */
export function router(mappings: Mapping[]): (call: SegmentEvent) => Mapping[] {
  const routes = mappings.map((mapping) => ({
    mapping,
    matches: matcher(mapping.subscribe),
    type: requiredType(mapping.subscribe)
  }))
  const ofAnyType = routes.filter(({ type }) => type === undefined)
  const byType = new Map(
    routes.map(({ type }) => [type, routes.filter((route) => [type, undefined].includes(route.type))])
  )
  return (call) => {
    const matching: Mapping[] = []
    for (const { mapping, matches } of byType.get(call.type) ?? ofAnyType) if (matches?.(call)) matching.push(mapping)
    return matching
  }
}

/** The type that a call must have to match FQL; undefined if calls of several types may match. */
function requiredType(fql: string): string | undefined {
  const subscription = parseFql(fql)
  if ('error' in subscription || subscription.operator === 'or') return undefined
  for (const condition of subscription.children) {
    if (condition.type === 'event-type' && condition.operator === '=') return condition.value
  }
  return undefined
}

/**
 * Makes a function that tells whether a call matches FQL.
 *
 * @returns undefined if Segment's parser cannot read the FQL; then no call matches.
 */
export function matcher(fql: string): ((call: SegmentEvent) => boolean) | undefined {
  const subscription = parseFql(fql)
  if ('error' in subscription) return undefined
  return (call) => {
    try {
      return validate(subscription, call)
    } catch {
      // Not to lose the call: actions-core evaluates the same FQL when it is sent, and the call is rejected with the
      // reason.
      return true
    }
  }
}
