import { Destination } from '@segment/actions-core'
import type { DestinationDefinition, JSONObject, SegmentEvent } from '@segment/actions-core'
import type { Settings } from '../../generated-types'

/** What Segment is told of one event. */
export interface Told {
  status: number
  code?: string
  message?: string
}

/** The Token ID of every test. */
export const TOKEN = 'tb_sandbox_token'

/** What Segment's platform may do to a request of a destination's. */
type Platform = { signal?: AbortSignal }

type Definition = DestinationDefinition<Settings>
type Preset = NonNullable<Definition['presets']>[number]

/** The preset of a name, as the subscription that a customer has. */
export function subscriptionOf(definition: Definition, presetName: string): JSONObject {
  const preset = definition.presets?.find(({ name }) => name === presetName)
  if (!preset) throw new Error(`There is no preset named ${presetName}.`)
  return preset as Preset & JSONObject
}

/** Sends one call alone, under a preset's mapping. */
export async function single(
  definition: Definition,
  presetName: string,
  call: SegmentEvent,
  tokenId = TOKEN,
  platform: Platform = {}
): Promise<Told> {
  const settings = { tokenId, subscription: subscriptionOf(definition, presetName) }
  try {
    await new Destination<Settings>(definition).onEvent(call, settings, platform)
    return { status: 200 }
  } catch (error) {
    const { status, code, message } = error as Told
    return { status, code, message }
  }
}

/** Sends calls in one batch, under a preset's mapping. */
export async function batch(
  definition: Definition,
  presetName: string,
  calls: SegmentEvent[],
  tokenId = TOKEN,
  platform: Platform = {}
): Promise<Told[]> {
  const settings = { tokenId, subscription: subscriptionOf(definition, presetName) }
  const [{ multistatus }] = await new Destination<Settings>(definition).onBatch(calls, settings, platform)
  return (multistatus ?? []).map((node) =>
    'errormessage' in node
      ? { status: node.status, code: node.errortype, message: node.errormessage }
      : { status: node.status }
  )
}
