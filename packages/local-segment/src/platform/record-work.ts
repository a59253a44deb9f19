import type { DestinationDefinition } from '@segment/actions-core'
import { type RecordedRequest, requestRecorder } from './record-requests'
import { redactor } from './redact'
import type { RequestTrace } from './types'

/**
 * Does a piece of work with a definition, and tells which requests it made, without secrets.
 *
 * @param settings those of the account, of which the secret ones are hidden.
 * @param work is given the definition to use. What it throws is returned.
 */
export async function recordRequests<Settings>(
  definition: DestinationDefinition<Settings>,
  settings: Settings,
  work: (definition: DestinationDefinition<Settings>) => Promise<unknown>
): Promise<{ requests: RequestTrace[]; error?: unknown }> {
  const recorder = requestRecorder(definition)
  const redact = redactor(definition, settings)
  const recorded: RecordedRequest[] = []
  const error: unknown = await recorder
    .record(
      () => work(recorder.definition),
      (request) => recorded.push(request)
    )
    .then(
      () => undefined,
      (thrown: unknown) => thrown
    )
  const requests = recorded.map(({ headers, ...request }) => ({
    ...redact.value(request),
    headers: redact.headers(headers),
    events: 1
  }))
  return { requests, ...(error !== undefined && { error }) }
}
