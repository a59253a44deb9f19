import { Destination } from '@segment/actions-core'
import type { DestinationDefinition, JSONObject, SegmentEvent } from '@segment/actions-core'
import { reasonOf } from '../failure'
import { mappingsOf, router } from './router'

/** What one mapping made of a call. */
export interface Trial {
  mapping: string
  action: string
  /** The body of each request, and what was answered. */
  requests: { sent: unknown; status: number; answer: unknown }[]
  /** Why it was not delivered, if it was not. */
  failure?: string
}

/**
 * Sends one call through the mappings that it is for, and keeps what went over the wire.
 *
 * @param definition the destination, sending to where the call shall go.
 * @returns nothing if no mapping is for the call.
 */
export async function tryCall<Settings>(
  definition: DestinationDefinition<Settings>,
  tokenId: string,
  call: SegmentEvent
): Promise<Trial[]> {
  const trials: Trial[] = []
  for (const mapping of router(mappingsOf(definition))(call)) {
    const destination = new Destination<Settings>(definition)
    const subscription = mapping as unknown as JSONObject
    const failure = await destination.onEvent(call, { tokenId, subscription }).then(() => undefined, reasonOf)
    const requests = destination.responses.map(({ options, status, data, content }) => ({
      sent: options.json,
      status,
      answer: data ?? content
    }))
    trials.push({ mapping: mapping.name ?? mapping.partnerAction, action: mapping.partnerAction, requests, failure })
  }
  return trials
}
