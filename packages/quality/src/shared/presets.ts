import destination from '@tractionboard/destination'
import { CALL_OF_PRESET, type CallName } from '@tractionboard/testing/destination'

/** The slugs of the destination's actions. */
export const ACTION_SLUGS = Object.keys(destination.actions)

const automaticPresets = (destination.presets ?? []).flatMap(({ type, name, partnerAction }) =>
  type === 'automatic' && name ? [{ name, partnerAction }] : []
)

/** The names of the presets that Segment creates by itself: those for its own calls. */
export const AUTOMATIC_PRESETS = automaticPresets.map(({ name }) => name)

/** @throws Error if the action has none. */
function presetsOfAction(slug: string): string[] {
  const presets = automaticPresets.filter(({ partnerAction }) => partnerAction === slug)
  if (presets.length === 0) {
    throw new Error(`The action ${slug} has no automatic preset. Add one in packages/destination/src/presets.ts.`)
  }
  return presets.map(({ name }) => name)
}

/**
 * The preset that an action is measured with: its first automatic one.
 *
 * @throws Error if it has none.
 */
export const presetOfAction = (slug: string): string => presetsOfAction(slug)[0]

/**
 * The test call that an automatic preset is for.
 *
 * @throws Error if there is none.
 */
export function callOfPreset(preset: string): CallName {
  if (!Object.hasOwn(CALL_OF_PRESET, preset)) {
    throw new Error(
      `No test call for the preset ${preset}. Add one to CALL_OF_PRESET in packages/destination/src/__tests__/__helpers__/calls.ts.`
    )
  }
  return CALL_OF_PRESET[preset]
}

/**
 * The test calls that an action is for: one for each of its automatic presets.
 *
 * @throws Error if the action has no automatic preset, or a preset no call.
 */
export const callsOfAction = (slug: string): CallName[] => presetsOfAction(slug).map(callOfPreset)
