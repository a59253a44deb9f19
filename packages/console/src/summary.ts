import type { Trace } from '@tractionboard/local-segment'
import type { CallSummary } from './api-types'

/** A name or an ID longer than this is cut in the list. */
const MAX_LENGTH = 120

/** What the list of calls shows of a call. */
export function summarize({ id, receivedAt, call, stoppedBy, mappings }: Trace): CallSummary {
  const page = Object(call.context?.page) as { path?: unknown }
  return {
    id,
    receivedAt,
    type: text(call.type),
    name: text(call.event ?? call.name ?? (call.type === 'page' ? page.path : undefined)),
    who: text(call.userId ?? call.anonymousId),
    ...(stoppedBy !== undefined && { stoppedBy }),
    mappings: mappings.filter(({ matches }) => matches).map(({ name, status }) => ({ name, status }))
  }
}

const text = (value: unknown): string =>
  (typeof value === 'string' ? value : value === undefined || value === null ? '' : JSON.stringify(value)).slice(
    0,
    MAX_LENGTH
  )
