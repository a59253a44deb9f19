import destination from '@tractionboard/destination'

/** Measured rather than the first preset of the action, because its mapping is the largest. */
const CHOSEN: Record<string, string> = { attribute: 'Groups' }

/** For each action, the preset that it is measured with. */
export const PRESET_OF_ACTION: Record<string, string> = Object.fromEntries(
  Object.keys(destination.actions).map((slug) => [slug, CHOSEN[slug] ?? firstPreset(slug)])
)

function firstPreset(slug: string): string {
  const preset = destination.presets?.find(({ type, partnerAction }) => type === 'automatic' && partnerAction === slug)
  if (!preset?.name) throw new Error(`The action "${slug}" has no automatic preset. Add one to presets.ts.`)
  return preset.name
}
