import type { DestinationDefinition, JSONObject, SegmentEvent } from '@segment/actions-core'
import {
  createDestination,
  createPlatform,
  errorMessage,
  isRetried,
  type Mapping,
  type MappingTrace,
  recordRequests,
  router,
  type Trace
} from '@tractionboard/local-segment'

/** Where a test call goes. */
export interface TestTarget<Settings> {
  definition: DestinationDefinition<Settings>
  settings: Settings
  mappings: Mapping[]
}

/** Sends a call in a batch of one, as Segment does where batching is on, once. */
export async function sendInBatch<Settings>(target: TestTarget<Settings>, call: SegmentEvent): Promise<Trace> {
  const platform = createPlatform({ ...target, retry: { attempts: 1, minTimeoutMs: 0 }, batch: { maxWaitMs: 0 } })
  const trace = platform.accept(call)
  await platform.close()
  return trace
}

/** Sends a call alone through each mapping that matches, as Segment does where batching is off, once. */
export async function sendAlone<Settings>(target: TestTarget<Settings>, call: SegmentEvent): Promise<Trace> {
  const matching = router(target.mappings)(call)
  const mappings: MappingTrace[] = []
  for (const mapping of target.mappings) mappings.push(await sendThrough(mapping, matching.includes(mapping)))
  return { id: 0, version: 0, receivedAt: String(call.receivedAt), call, filledIn: [], mappings }

  async function sendThrough(mapping: Mapping, matches: boolean): Promise<MappingTrace> {
    const { name, partnerAction: action } = mapping
    const trace: MappingTrace = {
      name: name ?? action,
      action,
      matches,
      status: 'not matched',
      attempts: 0,
      requests: []
    }
    if (!matches) return trace
    const { error, requests } = await recordRequests(target.definition, target.settings, (definition) =>
      createDestination(definition).onEvent(call, {
        ...(target.settings as JSONObject),
        subscription: mapping as unknown as JSONObject
      })
    )
    const sent = { ...trace, attempts: 1, requests: requests.slice(-2) }
    if (error === undefined)
      return { ...sent, status: isDuplicate(requests.at(-1)?.response) ? 'duplicate' : 'accepted' }
    return { ...sent, status: isRetriedError(error) ? 'given up' : 'rejected', reason: errorMessage(error) }
  }
}

/** Of Tractionboard's answer: another definition's answers have no such result. */
function isDuplicate(response: unknown): boolean {
  const { results } = Object(response) as { results?: { status?: unknown }[] }
  return Array.isArray(results) && results[0]?.status === 'duplicate'
}

function isRetriedError(error: unknown): boolean {
  const { status, response } = error as { status?: number; response?: { status?: number } }
  const known = status ?? response?.status
  return known === undefined || isRetried(known)
}
