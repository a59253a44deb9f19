import type { DestinationDefinition, RequestClient, RequestOptions } from '@segment/actions-core'
import { isRetried, retryAfterMs } from '../retry'
import { wrapRequests } from '../wrap-requests'

/** What was seen of the requests of one attempt. A definition does not hand on what its responses said. */
export interface Observation {
  requests: number
  /** The status of the latest response; undefined if none came. */
  status?: number
  /** The longest that a response asked to wait before the next attempt, in milliseconds. */
  retryAfterMs?: number
}

type SeenResponse = { status: number; headers: Pick<Headers, 'get'> }

/** The same destination, whose requests are noted down in an observation. */
export function observeRequests<Settings>(
  definition: DestinationDefinition<Settings>,
  observation: Observation
): DestinationDefinition<Settings> {
  const note = ({ status, headers }: SeenResponse) => {
    observation.status = status
    const wait = isRetried(status) ? retryAfterMs(headers) : undefined
    if (wait !== undefined) observation.retryAfterMs = Math.max(observation.retryAfterMs ?? 0, wait)
  }
  return wrapRequests(definition, (request) => {
    const observed = async (url: string, options?: RequestOptions) => {
      observation.requests += 1
      observation.status = undefined
      try {
        const response = await request(url, options)
        note(response)
        return response
      } catch (error) {
        const { response } = Object(error) as { response?: SeenResponse }
        if (response) note(response)
        throw error
      }
    }
    return observed as RequestClient
  })
}
