import type { SegmentEvent } from '@segment/actions-core'
import { type Mapping, nearMisses } from '@tractionboard/local-segment'

/** Says in a sentence if the name of a track call looks like one that a mapping asks for, but is not it. */
export function describeNearMisses(mappings: Mapping[], { type, event }: SegmentEvent): string[] {
  if (type !== 'track' || typeof event !== 'string') return []
  const miss = nearMisses(mappings)(event)
  if (!miss) return []
  const likeness = miss.kind === 'spelling' ? 'looks like' : 'often means the same as'
  return [
    `"${event}" ${likeness} "${miss.meant}", which the mapping ${miss.mappings.join(', ')} asks for by that name.`
  ]
}
