import { DEFAULT_REQUEST_TIMEOUT, InvalidAuthenticationError } from '@segment/actions-core'
import type { RequestClient, RequestOptions } from '@segment/actions-core'
import { failure, outcomeOfAll, parse, resultsOf } from './answers'
import type { Answer } from './answers'
import type { Settings } from './generated-types'
import { errorOf, OUTCOMES } from './outcomes'
import type { Result } from './outcomes'
import { invalid, present } from './values'
import { TRACTIONBOARD_API_VERSION } from './versioning-info'
import { SERVER } from './wire-types'
import type { Event, EventResult, Token } from './wire-types'

const API = `${SERVER}/${TRACTIONBOARD_API_VERSION}`

/**
 * The request options that name the account.
 *
 * @throws InvalidAuthenticationError if the Token ID has characters that no HTTP header may have: the error of the HTTP
 *   client would repeat the token.
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
 * Sends events, in as many requests as Tractionboard wants.
 *
 * @returns the result of each event, in the order of the events. Never throws.
 */
export async function sendEvents(request: RequestClient, events: Event[]): Promise<Result<EventResult>[]> {
  const answer = await ask(request, 'events', { method: 'post', json: { events } })
  if (!OUTCOMES[outcomeOfAll(answer)].split || events.length === 1) return resultsOf(answer, events)
  const half = Math.ceil(events.length / 2)
  const first = await sendEvents(request, events.slice(0, half))
  return [...first, ...(await sendEvents(request, events.slice(half)))]
}

/**
 * Checks the Token ID.
 *
 * @throws InvalidAuthenticationError if Tractionboard refuses it, RetryableError if it does not say.
 */
export async function checkToken(request: RequestClient): Promise<void> {
  const answer = await ask(request, 'token', { method: 'get' })
  const isGood = 'text' in answer && answer.status === 200 && parse<Token>(answer.text)?.valid === true
  if (!isGood) throw errorOf(failure(answer))
}

/**
 * Erases a user and a visitor, as the GDPR asks. Whoever is unknown counts as erased.
 *
 * @throws PayloadValidationError if neither is named, else as the outcome's row says.
 */
export async function erase(
  request: RequestClient,
  userId?: string | null,
  anonymousId?: string | null
): Promise<void> {
  const paths = [...pathOf('users', 'userId', userId), ...pathOf('visitors', 'anonymousId', anonymousId)]
  if (paths.length === 0)
    throw invalid('userId', 'and anonymousId are both missing. A deletion names at least one of them.')
  for (const path of paths) {
    const answer = await ask(request, path, { method: 'delete' })
    const isErased = 'status' in answer && answer.status === 204
    if (!isErased) throw errorOf(failure(answer))
  }
}

function pathOf(kind: string, field: string, id: string | null | undefined): string[] {
  const value = present(id ?? undefined)
  if (value === undefined) return []
  // A URL takes a dot or two for steps in its path, however they are encoded: something else would be erased. And half
  // a surrogate pair cannot be encoded at all.
  if (/^\.\.?$/.test(value) || /\p{Surrogate}/u.test(value)) throw invalid(field, 'cannot be used in a URL.')
  return [`${kind}/${encodeURIComponent(value)}`]
}

async function ask(request: RequestClient, path: string, options: RequestOptions): Promise<Answer> {
  try {
    const { status, content, headers } = await request(`${API}/${path}`, {
      ...options,
      // Every status is an outcome of its own; none is thrown.
      throwHttpErrors: false,
      // A redirect would carry the Token ID and the events to an address that nobody named.
      redirect: 'manual',
      // Named, because there is none by default when Segment's platform can abort the request. It also ends slow bodies.
      timeout: DEFAULT_REQUEST_TIMEOUT,
      // A copy of an answer over 16 KB would never end: node-fetch waits for both copies to be read.
      skipResponseCloning: true
    })
    return { status, text: content, retryAfter: headers.get('retry-after') ?? undefined }
  } catch (error) {
    const { code, name } = error as { code?: string; name: string }
    return { failure: code ?? name }
  }
}
