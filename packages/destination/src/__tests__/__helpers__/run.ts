import { Destination } from '@segment/actions-core'
import type { DestinationDefinition, JSONObject, SegmentEvent } from '@segment/actions-core'
import type { Settings } from '../../generated-types'

/** What Segment records of one event. */
export interface EventStatus {
  status: number
  code?: string
  message?: string
}

/** The Token ID of every test. */
export const TOKEN = 'tb_sandbox_token'

/** What Segment's platform can add to a destination's requests. */
type Platform = { signal?: AbortSignal }

type Definition = DestinationDefinition<Settings>
type Preset = NonNullable<Definition['presets']>[number]

/**
 * @param definition the destination.
 * @param presetName the name of one of its presets.
 * @returns the preset as a subscription of a customer's.
 */
export function subscriptionOf(definition: Definition, presetName: string): JSONObject {
  const preset = definition.presets?.find(({ name }) => name === presetName)
  if (!preset) throw new Error(`There is no preset named ${presetName}.`)
  return preset as Preset & JSONObject
}

/**
 * Sends one call with the mapping of a preset, as Segment does without batching.
 *
 * @returns what Segment records of it. Never throws.
 */
export async function sendSingle(
  definition: Definition,
  presetName: string,
  call: SegmentEvent,
  tokenId = TOKEN,
  platform: Platform = {}
): Promise<EventStatus> {
  const settings = { tokenId, subscription: subscriptionOf(definition, presetName) }
  try {
    await new Destination<Settings>(definition).onEvent(call, settings, platform)
    return { status: 200 }
  } catch (error) {
    const { status, code, message } = error as EventStatus
    return { status, code, message }
  }
}

/**
 * Sends calls in one batch with the mapping of a preset.
 *
 * @returns what Segment records of each of them, in their order.
 */
export async function sendBatch(
  definition: Definition,
  presetName: string,
  calls: SegmentEvent[],
  tokenId = TOKEN,
  platform: Platform = {}
): Promise<EventStatus[]> {
  const settings = { tokenId, subscription: subscriptionOf(definition, presetName) }
  const [{ multistatus }] = await new Destination<Settings>(definition).onBatch(calls, settings, platform)
  return (multistatus ?? []).map((node) =>
    'errormessage' in node
      ? { status: node.status, code: node.errortype, message: node.errormessage }
      : { status: node.status }
  )
}
