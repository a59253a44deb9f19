import { IntegrationError, MultiStatusResponse } from '@segment/actions-core'
import type { JSONLikeObject, RequestClient } from '@segment/actions-core'
import { sendEvents } from './api'
import { ERROR_TYPES, isSuccess, OUTCOMES, toError } from './outcomes'
import type { Result } from './outcomes'
import type { EventResult, WireEvent } from './wire-types'

/** Makes the wire event of a payload. Throws PayloadValidationError if the payload has no valid event. */
type ToEvent<Payload> = (payload: Payload) => WireEvent

/**
 * Delivers the event of one payload, as a batch of one: single events and batches share all of the code but the way in
 * which the result is returned.
 *
 * @param request actions-core's HTTP client.
 * @param toEvent makes the wire event of a payload.
 * @param payload the payload of an action.
 * @returns Tractionboard's result for the event.
 * @throws PayloadValidationError, InvalidAuthenticationError or RetryableError, as the table of outcomes says.
 * @example perform: (request, { payload }) => deliver(request, toEvent, payload)
 */
export async function deliver<Payload>(
  request: RequestClient,
  toEvent: ToEvent<Payload>,
  payload: Payload
): Promise<EventResult | undefined> {
  const { results } = await send(request, toEvent, [payload])
  const [result] = results
  if (!isSuccess(result)) throw toError(result)
  return result.body
}

/**
 * Delivers the events of many payloads.
 *
 * @param request actions-core's HTTP client.
 * @param toEvent makes the wire event of a payload.
 * @param payloads the payloads of an action.
 * @returns a result for each payload, in their order. Each event has its own: delivered, discarded, or sent again later.
 * @throws only what is no IntegrationError: a bug in `toEvent` fails the whole batch, so that Segment sends it again.
 * @example performBatch: (request, { payload }) => deliverBatch(request, toEvent, payload)
 */
export async function deliverBatch<Payload>(
  request: RequestClient,
  toEvent: ToEvent<Payload>,
  payloads: Payload[]
): Promise<MultiStatusResponse> {
  const multiStatus = new MultiStatusResponse()
  const { prepared, results } = await send(request, toEvent, payloads)
  results.forEach((result, index) => pushResult(multiStatus, prepared[index], result))
  return multiStatus
}

/** The wire event of a payload, or the result that says why it has none. */
type Prepared = WireEvent | Result<never>

async function send<Payload>(
  request: RequestClient,
  toEvent: ToEvent<Payload>,
  payloads: Payload[]
): Promise<{ prepared: Prepared[]; results: Result<EventResult>[] }> {
  const prepared = payloads.map((payload) => prepare(toEvent, payload))
  const events = prepared.filter(isEvent)
  const sent = events.length > 0 ? await sendEvents(request, events) : []
  let next = 0
  return { prepared, results: prepared.map((item) => (isEvent(item) ? sent[next++] : item)) }
}

const isEvent = (item: Prepared): item is WireEvent => !('outcome' in item)

function prepare<Payload>(toEvent: ToEvent<Payload>, payload: Payload): Prepared {
  try {
    return toEvent(payload)
  } catch (error) {
    if (error instanceof IntegrationError) return { outcome: 'invalidPayload', message: error.message }
    throw error
  }
}

function pushResult(multiStatus: MultiStatusResponse, item: Prepared, result: Result<EventResult>): void {
  const { verdict, status } = OUTCOMES[result.outcome]
  const body = result.body as JSONLikeObject | undefined
  if (verdict === 'success') {
    multiStatus.pushSuccessResponse({ status, sent: item as unknown as JSONLikeObject, body: body ?? {} })
  } else {
    // Without `sent`: Segment shows and logs errors, and the event is personal data.
    multiStatus.pushErrorResponse({ status, errortype: ERROR_TYPES[verdict], errormessage: result.message, body })
  }
}
