import type { DestinationDefinition, SegmentEvent } from '@segment/actions-core'

/**
 * The names under which a call's `integrations` object may switch a destination on and off: its display name, the name
 * that Segment's docs give an Actions destination there (Actions Amplitude), and that of the classic destination
 * (Amplitude), which customers have in their code already.
 */
export function integrationNames({ name }: Pick<DestinationDefinition, 'name'>): string[] {
  const classic = name.replace(/ \(Actions\)$/, '')
  return [...new Set([name, `Actions ${classic}`, classic])]
}

/**
 * Segment's rule: the destination's own entry counts, else that of `All`. Only `false` switches it off; an object has
 * options for the destination, and counts as true.
 *
 * @param names of the destination, the first that has an entry counts.
 * @returns one sentence that names the entry which keeps the call from the destination; undefined if none does.
 * @see https://segment.com/docs/guides/filtering-data/#filtering-with-the-integrations-object
 */
export function stoppedByIntegrations({ integrations }: SegmentEvent, names: string[]): string | undefined {
  const entries = Object(integrations) as Record<string, unknown>
  const entry = [...names, 'All', 'all'].find((name) => Object.hasOwn(entries, name) && entries[name] !== undefined)
  if (entry === undefined || entries[entry] !== false) return undefined
  return `The call's integrations object has ${JSON.stringify(entry)}: false.`
}
