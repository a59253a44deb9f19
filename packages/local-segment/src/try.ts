import type { DestinationDefinition, JSONObject, SegmentEvent } from '@segment/actions-core'
import { createDestination } from './definition'
import { errorMessage } from './errors'
import { isProcessingError, processingError } from './processing-error'
import { mappingsOf, router } from './router'

/** What one mapping made of a call. */
export interface TryResult {
  mapping: string
  action: string
  /** The body of each request, and the response to it. */
  requests: { sent: unknown; status: number; response: unknown }[]
  /** Why the call was not delivered, if it was not. */
  error?: string
}

/**
 * Sends one call through each mapping that it matches, and keeps what went over HTTP.
 *
 * @param definition any definition; its automatic presets are the mappings.
 * @param settings the settings of the account to send to.
 * @returns an empty list if no mapping matches the call.
 */
export async function tryCall<Settings>(
  definition: DestinationDefinition<Settings>,
  settings: Settings,
  call: SegmentEvent
): Promise<TryResult[]> {
  const results: TryResult[] = []
  for (const mapping of router(mappingsOf(definition))(call)) {
    const destination = createDestination(definition)
    const subscription = mapping as unknown as JSONObject
    const error = await destination.onEvent(call, { ...(settings as JSONObject), subscription }).then(
      () => undefined,
      (error: unknown) => (isProcessingError(error) ? processingError(error, call) : errorMessage(error))
    )
    const requests = destination.responses.map(({ options, status, data, content }) => ({
      sent: options.json,
      status,
      response: data ?? content
    }))
    results.push({ mapping: mapping.name ?? mapping.partnerAction, action: mapping.partnerAction, requests, error })
  }
  return results
}
