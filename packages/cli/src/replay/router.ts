import type { DestinationDefinition, SegmentEvent } from '@segment/actions-core'
import { parseFql, validate } from '@segment/destination-subscriptions'

/** A mapping that Segment would have for a customer: a subscription, an action, and what goes where. */
export type Mapping = Extract<NonNullable<DestinationDefinition['presets']>[number], { type: 'automatic' }>

/**
 * The mappings that a customer has who only pasted a Token ID: the definition's automatic presets.
 */
export const mappingsOf = (definition: Pick<DestinationDefinition, 'presets'>): Mapping[] =>
  (definition.presets ?? []).filter((preset): preset is Mapping => preset.type === 'automatic')

/**
 * Does what Segment's platform does before a destination is called: finds the mappings that a call is for.
 *
 * A batch with a call that is not for the mapping would report that call as failed, so calls are sorted before.
 */
export function router(mappings: Mapping[]): (call: SegmentEvent) => Mapping[] {
  const subscriptions = mappings.map((mapping) => ({ mapping, subscription: parseFql(mapping.subscribe) }))
  return (call) =>
    subscriptions.filter(({ subscription }) => validate(subscription, call)).map(({ mapping }) => mapping)
}
