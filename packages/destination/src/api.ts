import { DEFAULT_REQUEST_TIMEOUT, InvalidAuthenticationError } from '@segment/actions-core'
import type { RequestClient, RequestOptions } from '@segment/actions-core'
import chunk from 'lodash/chunk'
import type { Settings } from './generated-types'
import { OUTCOMES, toError } from './outcomes'
import type { Result } from './outcomes'
import { isErased, isTokenValid, readResults, requestFailure, requestOutcome } from './responses'
import type { ApiResponse } from './responses'
import { fieldError, personId, stringValue, undefinedIfEmpty } from './values'
import { TRACTIONBOARD_API_VERSION } from './versioning-info'
import { SERVER } from './wire-constants'
import type { Erasure, EventResult, WireEvent } from './wire-types'

const API = `${SERVER}/${TRACTIONBOARD_API_VERSION}`

/**
 * The most requests that a batch is sent in: this project's own limit. It is enough to find one event that is too large among 1,000 (21 requests),
 * or to send 4 MiB in parts of 256 KiB (31 requests). Segment sends what is left over again.
 */
export const MAX_REQUESTS_PER_BATCH = 32

/**
 * The request options that every request needs: the header that names the account.
 *
 * @param settings the settings of the destination, if there are any. Spaces around the Token ID are ignored.
 * @returns the options, for actions-core's `extendRequest`.
 * @throws InvalidAuthenticationError if the Token ID is missing or empty, or has characters that an HTTP header cannot
 *   have. It is checked here because the error of the HTTP client would repeat the token.
 * @see https://www.rfc-editor.org/rfc/rfc6750#section-2.1
 */
export function authorization(settings: Partial<Settings> | undefined): RequestOptions {
  const token = String(settings?.tokenId ?? '').trim()
  if (token === '') throw new InvalidAuthenticationError('The Token ID is empty. Copy it from Tractionboard.')
  if (!/^[\x21-\x7e]+$/.test(token)) {
    const message = 'The Token ID contains characters that are not allowed. Copy it from Tractionboard again.'
    throw new InvalidAuthenticationError(message)
  }
  return { headers: { authorization: `Bearer ${token}` } }
}

/**
 * Sends events in one request. If Tractionboard says that it is too large, sends them again in two halves, and so on:
 * the larger parts first, in at most `MAX_REQUESTS_PER_BATCH` requests.
 *
 * @param request actions-core's HTTP client.
 * @param events one event or more.
 * @returns the result of each event, in the order of the events. Never throws.
 */
export async function sendEvents(request: RequestClient, events: WireEvent[]): Promise<Result<EventResult>[]> {
  const results = new Map<WireEvent, Result<EventResult>>()
  const parts = [events]
  for (let sent = 0; sent < Math.min(parts.length, MAX_REQUESTS_PER_BATCH); sent += 1) {
    const part = parts[sent]
    const response = await callApi(request, 'events', { method: 'post', json: { events: part } })
    const isSplit = part.length > 1 && OUTCOMES[requestOutcome(response)].split
    if (isSplit) parts.push(...chunk(part, Math.ceil(part.length / 2)))
    else readResults(response, part).forEach((result, index) => results.set(part[index], result))
  }
  return events.map(
    (event) => results.get(event) ?? { outcome: 'notSent', message: `${OUTCOMES.notSent.description}.` }
  )
}

/**
 * Checks the Token ID.
 *
 * @param request actions-core's HTTP client.
 * @throws InvalidAuthenticationError if Tractionboard refuses the Token ID, else the error of the outcome, such as
 *   RetryableError if the server fails.
 */
export async function checkToken(request: RequestClient): Promise<void> {
  const response = await callApi(request, 'token', { method: 'get' })
  if (!isTokenValid(response)) throw toError(requestFailure(response))
}

/**
 * Erases a user, a visitor, or both, as the GDPR asks. Erasing an unknown ID succeeds.
 *
 * @param request actions-core's HTTP client.
 * @param ids Segment's IDs of the person. What counts as an ID is the same as in an event.
 * @throws PayloadValidationError if the call has no ID; else the error of the outcome, such as RetryableError if the
 *   server fails.
 * @see https://segment.com/docs/privacy/user-deletion-and-suppression/
 */
export async function erase(request: RequestClient, ids: { userId?: unknown; anonymousId?: unknown }): Promise<void> {
  const erasure: Erasure = {
    external_user_id: personId(stringValue(ids.userId)),
    anonymous_id: personId(stringValue(ids.anonymousId))
  }
  if (undefinedIfEmpty(erasure) === undefined) {
    throw fieldError('userId', 'and anonymousId are both missing, blank or placeholders. A deletion names one of them.')
  }
  const response = await callApi(request, 'erasures', { method: 'post', json: erasure })
  if (!isErased(response)) throw toError(requestFailure(response))
}

/** Makes a request. Never throws: a network error is a response of its own. */
async function callApi(request: RequestClient, path: string, options: RequestOptions): Promise<ApiResponse> {
  try {
    const { status, content, headers } = await request(`${API}/${path}`, {
      ...options,
      // The table of outcomes decides what each status means.
      throwHttpErrors: false,
      // A redirect, which the contract has nowhere, would send the Token ID and the events to another address.
      redirect: 'manual',
      // Named, because there is no default when Segment's platform passes a signal. It also ends a slow body.
      timeout: DEFAULT_REQUEST_TIMEOUT,
      // The clone of a body over 16 KB is never read, and node-fetch would wait for it forever:
      // https://github.com/node-fetch/node-fetch/tree/2.x#bodyclone
      skipResponseCloning: true
    })
    return { status, text: content, retryAfter: headers.get('retry-after') ?? undefined }
  } catch (error) {
    const { code, name } = error as { code?: string; name: string }
    return { networkError: code ?? name }
  }
}
