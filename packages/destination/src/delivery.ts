import { IntegrationError, MultiStatusResponse } from '@segment/actions-core'
import type { JSONLikeObject, RequestClient } from '@segment/actions-core'
import { sendEvents } from './api'
import { ERROR_TYPES, errorOf, isSuccess, OUTCOMES } from './outcomes'
import type { Result } from './outcomes'
import type { Event, EventResult } from './wire-types'

/** Makes the wire event of a payload. Throws PayloadValidationError if it cannot. */
type ToEvent<Payload> = (payload: Payload) => Event

/**
 * Delivers the event of one payload: a batch of one, so that nothing differs but how the result is told.
 *
 * @returns what Tractionboard said of the event.
 * @throws PayloadValidationError, InvalidAuthenticationError or RetryableError, as the outcome's row says.
 */
export async function deliver<Payload>(
  request: RequestClient,
  toEvent: ToEvent<Payload>,
  payload: Payload
): Promise<EventResult | undefined> {
  const { results } = await send(request, toEvent, [payload])
  const [result] = results
  if (!isSuccess(result)) throw errorOf(result)
  return result.body
}

/**
 * Delivers the events of many payloads.
 *
 * @returns a result for each payload, in their order: what cannot be sent, what was refused and what is to be tried again
 *   each keep a verdict of their own.
 */
export async function deliverBatch<Payload>(
  request: RequestClient,
  toEvent: ToEvent<Payload>,
  payloads: Payload[]
): Promise<MultiStatusResponse> {
  const response = new MultiStatusResponse()
  const { prepared, results } = await send(request, toEvent, payloads)
  results.forEach((result, index) => pushTo(response, prepared[index], result))
  return response
}

/** What became of a payload before anything was sent: its wire event, or why there can be none. */
type Prepared = Event | Result<never>

async function send<Payload>(
  request: RequestClient,
  toEvent: ToEvent<Payload>,
  payloads: Payload[]
): Promise<{ prepared: Prepared[]; results: Result<EventResult>[] }> {
  const prepared = payloads.map((payload) => prepare(toEvent, payload))
  const events = prepared.filter(isEvent)
  const sent = events.length > 0 ? await sendEvents(request, events) : []
  let next = 0
  return { prepared, results: prepared.map((made) => (isEvent(made) ? sent[next++] : made)) }
}

const isEvent = (made: Prepared): made is Event => 'id' in made

function prepare<Payload>(toEvent: ToEvent<Payload>, payload: Payload): Prepared {
  try {
    return toEvent(payload)
  } catch (error) {
    if (error instanceof IntegrationError) return { outcome: 'unsendable', message: error.message }
    throw error
  }
}

function pushTo(response: MultiStatusResponse, made: Prepared, result: Result<EventResult>): void {
  const { verdict, status } = OUTCOMES[result.outcome]
  const body = result.body as JSONLikeObject | undefined
  if (verdict === 'success') {
    response.pushSuccessResponse({ status, sent: made as unknown as JSONLikeObject, body: body ?? {} })
  } else {
    // Without `sent`: an error is shown and logged, and what was sent is personal data.
    response.pushErrorResponse({ status, errortype: ERROR_TYPES[verdict], errormessage: result.message, body })
  }
}
