import { isPlainObject, merge } from 'lodash'
import { TrackingError } from './answers'
import type { SentCall } from './complete-call'

/** The types of calls by their addresses below `/v1`, the long ones and those of the browser library. */
export const TYPES: ReadonlyMap<string, string> = new Map(
  ['track', 'identify', 'page', 'screen', 'group', 'alias'].flatMap((type) => [
    [type, type],
    [type[0], type]
  ])
)

/** The addresses of batches below `/v1`. */
export const BATCHES: ReadonlySet<string> = new Set(['batch', 'b', 'import'])

/**
 * The calls of a body: the body itself, or those of a batch, with the batch's context, integrations and sentAt where they
 * have none of their own.
 *
 * @param type of the call; undefined for a batch.
 * @throws TrackingError if there is none.
 * @see https://segment.com/docs/connections/sources/catalog/libraries/server/http-api/#batch
 */
export function readCalls(body: unknown, type: string | undefined): SentCall[] {
  if (!isPlainObject(body)) throw new TrackingError(400, 'The body is not a JSON object.')
  const sent = body as SentCall
  if (type !== undefined) return [{ ...sent, type }]
  const { batch, context, integrations, sentAt } = sent
  if (!Array.isArray(batch) || !batch.every(isPlainObject)) {
    throw new TrackingError(400, 'The body has no batch, which is a list of calls.')
  }
  return batch.map((call: SentCall) => ({
    ...(sentAt !== undefined && { sentAt }),
    ...call,
    ...(isPlainObject(context) && { context: merge<object, unknown, unknown>({}, context, call.context) }),
    ...(isPlainObject(integrations) && {
      integrations: { ...(integrations as object), ...(Object(call.integrations) as object) }
    })
  }))
}
