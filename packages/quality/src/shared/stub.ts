import type { DestinationDefinition, RequestClient, RequestOptions } from '@segment/actions-core'
import { wrapRequests } from '@tractionboard/local-segment'
import type { Settings } from '../../../destination/src/generated-types'
import type { WireEvent } from '../../../destination/src/wire-types'

/** The response of a stubbed server. */
export interface StubResponse {
  status: number
  text: string
  headers?: Record<string, string>
}

/** Responds to the events of a request. What it throws is a failure of the connection. */
export type StubServer = (events: WireEvent[]) => StubResponse

/**
 * The same destination, whose requests for events are answered by a function: no socket and no parsing of headers, and
 * everything else as it is.
 */
export const withStubServer = (
  definition: DestinationDefinition<Settings>,
  server: StubServer
): DestinationDefinition<Settings> => wrapRequests(definition, () => stubClient(server))

/** A request client with as much of a response as the destination reads. */
function stubClient(server: StubServer): RequestClient {
  const request = (_url: string, options: RequestOptions = {}) => {
    const { status, text, headers = {} } = server((options.json as { events: WireEvent[] }).events)
    return Promise.resolve({ status, content: text, headers: { get: (name: string) => headers[name] ?? null } })
  }
  return request as unknown as RequestClient
}

/** Accepts all events. */
export const acceptAll: StubServer = (events) => ({
  status: 200,
  text: JSON.stringify({
    accepted: events.length,
    duplicates: 0,
    rejected: 0,
    results: events.map(({ id }, index) => ({ index, id, status: 'accepted' }))
  })
})
