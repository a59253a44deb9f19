import { DEFAULT_REQUEST_TIMEOUT, InvalidAuthenticationError } from '@segment/actions-core'
import type { RequestClient, RequestOptions } from '@segment/actions-core'
import chunk from 'lodash/chunk'
import type { Settings } from './generated-types'
import { OUTCOMES, toError } from './outcomes'
import type { Result } from './outcomes'
import { isErased, isTokenValid, readResults, requestFailure, requestOutcome } from './responses'
import type { ApiResponse } from './responses'
import { fieldError, nonBlank } from './values'
import { TRACTIONBOARD_API_VERSION } from './versioning-info'
import { SERVER } from './wire-constants'
import type { EventResult, WireEvent } from './wire-types'

const API = `${SERVER}/${TRACTIONBOARD_API_VERSION}`

/**
 * The request options that every request needs: the header that names the account.
 *
 * @param settings the settings of the destination. Spaces around the Token ID are ignored.
 * @returns the options, for actions-core's `extendRequest`.
 * @throws InvalidAuthenticationError if the Token ID is empty, or has characters that an HTTP header cannot have. It is
 *   checked here because the error of the HTTP client would repeat the token.
 */
export function authorization({ tokenId }: Settings): RequestOptions {
  const token = tokenId.trim()
  if (token === '') throw new InvalidAuthenticationError('The Token ID is empty. Copy it from Tractionboard.')
  if (!/^[\x21-\x7e]+$/.test(token)) {
    const message = 'The Token ID contains characters that are not allowed. Copy it from Tractionboard again.'
    throw new InvalidAuthenticationError(message)
  }
  return { headers: { authorization: `Bearer ${token}` } }
}

/**
 * Sends events in one request. If Tractionboard says that it is too large, sends them again in two halves, and so on.
 *
 * @param request actions-core's HTTP client.
 * @param events one event or more.
 * @returns the result of each event, in the order of the events. Never throws.
 */
export async function sendEvents(request: RequestClient, events: WireEvent[]): Promise<Result<EventResult>[]> {
  const response = await callApi(request, 'events', { method: 'post', json: { events } })
  if (!OUTCOMES[requestOutcome(response)].split || events.length === 1) return readResults(response, events)
  const results: Result<EventResult>[] = []
  for (const half of chunk(events, Math.ceil(events.length / 2))) results.push(...(await sendEvents(request, half)))
  return results
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
 * Erases a user and a visitor, as the GDPR asks. Erasing an unknown ID succeeds.
 *
 * @param request actions-core's HTTP client.
 * @param userId Segment's userId.
 * @param anonymousId Segment's anonymousId.
 * @throws PayloadValidationError if both IDs are missing, or one of them cannot be part of a URL; else the error of the
 *   outcome, such as RetryableError if the server fails.
 */
export async function erase(
  request: RequestClient,
  userId?: string | null,
  anonymousId?: string | null
): Promise<void> {
  const paths = [...erasurePath('users', 'userId', userId), ...erasurePath('visitors', 'anonymousId', anonymousId)]
  if (paths.length === 0)
    throw fieldError('userId', 'and anonymousId are both missing. A deletion names at least one of them.')
  for (const path of paths) {
    const response = await callApi(request, path, { method: 'delete' })
    if (!isErased(response)) throw toError(requestFailure(response))
  }
}

/** The path of the user or the visitor to erase, or nothing if there is no ID. */
function erasurePath(collection: string, field: string, id: string | null | undefined): string[] {
  const value = nonBlank(id ?? undefined)
  if (value === undefined) return []
  // `.` and `..` are steps in the path of a URL, however they are encoded: another address would be called. Half of a
  // surrogate pair cannot be encoded at all.
  if (/^\.\.?$/.test(value) || /\p{Surrogate}/u.test(value)) throw fieldError(field, 'cannot be used in a URL.')
  return [`${collection}/${encodeURIComponent(value)}`]
}

/** Makes a request. Never throws: a network error is a response of its own. */
async function callApi(request: RequestClient, path: string, options: RequestOptions): Promise<ApiResponse> {
  try {
    const { status, content, headers } = await request(`${API}/${path}`, {
      ...options,
      // The table of outcomes decides what each status means.
      throwHttpErrors: false,
      // A redirect would send the Token ID and the events to another address.
      redirect: 'manual',
      // Named, because there is no default when Segment's platform passes a signal. It also ends a slow body.
      timeout: DEFAULT_REQUEST_TIMEOUT,
      // The clone of a body over 16 KB is never read, and node-fetch would wait for it forever.
      skipResponseCloning: true
    })
    return { status, text: content, retryAfter: headers.get('retry-after') ?? undefined }
  } catch (error) {
    const { code, name } = error as { code?: string; name: string }
    return { networkError: code ?? name }
  }
}
