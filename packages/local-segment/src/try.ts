import type { DestinationDefinition, JSONObject, SegmentEvent } from '@segment/actions-core'
import { createDestination } from './definition'
import { errorMessage } from './errors'
import { isProcessingError, processingError } from './processing-error'
import { type Mapping, mappingsOf, router } from './router'

/** What one mapping made of a call. */
export interface TryResult {
  mapping: string
  action: string
  /** Each request, and the response to it. */
  requests: {
    method: string
    url: string
    /** Without `authorization`, which holds the token. */
    headers: Record<string, string>
    sent: unknown
    status: number
    response: unknown
  }[]
  /** Why the call was not delivered, if it was not. */
  error?: string
}

/**
 * Sends one call through each mapping that it matches, and keeps what went over HTTP.
 *
 * @param definition any definition.
 * @param settings the settings of the account to send to.
 * @param mappings the definition's automatic presets, unless told otherwise.
 * @returns an empty list if no mapping matches the call.
 */
export async function tryCall<Settings>(
  definition: DestinationDefinition<Settings>,
  settings: Settings,
  call: SegmentEvent,
  mappings: Mapping[] = mappingsOf(definition)
): Promise<TryResult[]> {
  const results: TryResult[] = []
  for (const mapping of router(mappings)(call)) {
    const destination = createDestination(definition)
    const subscription = mapping as unknown as JSONObject
    const error = await destination.onEvent(call, { ...(settings as JSONObject), subscription }).then(
      () => undefined,
      (error: unknown) => (isProcessingError(error) ? processingError(error, call) : errorMessage(error))
    )
    const requests = destination.responses.map(({ options, url, status, data, content }) => ({
      method: options.method ?? 'GET',
      url,
      headers: headersOf(options.headers),
      sent: options.json,
      status,
      response: data ?? content
    }))
    results.push({ mapping: mapping.name ?? mapping.partnerAction, action: mapping.partnerAction, requests, error })
  }
  return results
}

function headersOf(headers: unknown): Record<string, string> {
  const shown: Record<string, string> = {}
  new Headers(headers as HeadersInit).forEach((value, name) => {
    if (name !== 'authorization') shown[name] = value
  })
  return shown
}
