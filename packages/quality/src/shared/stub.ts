import type { ActionDefinition, DestinationDefinition, RequestClient, RequestOptions } from '@segment/actions-core'
import type { Settings } from '../../../destination/src/generated-types'
import type { WireEvent } from '../../../destination/src/wire-types'

/** What a stand-in answers. */
export interface Reply {
  status: number
  text: string
  headers?: Record<string, string>
}

/** Answers the events of a request. What it throws is a failure of the connection. */
export type Server = (events: WireEvent[]) => Reply

type Definition = DestinationDefinition<Settings>

/**
 * The same destination, whose requests for events are answered by a function: no socket, no parsing of headers, and
 * everything else as it is.
 */
export const answeredBy = (definition: Definition, server: Server): Definition =>
  withRequest(definition, () => requestTo(server))

/** The same destination, whose actions make their requests in another way. */
export function withRequest(definition: Definition, via: (request: RequestClient) => RequestClient): Definition {
  const actions = Object.entries(definition.actions).map(([slug, action]) => [slug, actionVia(action, via)])
  return { ...definition, actions: Object.fromEntries(actions) as Definition['actions'] }
}

function actionVia(
  { perform, performBatch, ...action }: ActionDefinition<Settings>,
  via: (request: RequestClient) => RequestClient
): ActionDefinition<Settings> {
  return {
    ...action,
    perform: (request, data) => perform(via(request), data) as unknown,
    performBatch: performBatch && ((request, data) => performBatch(via(request), data))
  }
}

/** The request client, reduced to what the destination reads of an answer. */
function requestTo(server: Server): RequestClient {
  const request = (_url: string, options: RequestOptions = {}) => {
    const { status, text, headers = {} } = server((options.json as { events: WireEvent[] }).events)
    return Promise.resolve({ status, content: text, headers: { get: (name: string) => headers[name] ?? null } })
  }
  return request as unknown as RequestClient
}

/** The answer that accepts all events. */
export const acceptAll: Server = (events) => ({
  status: 200,
  text: JSON.stringify({
    accepted: events.length,
    duplicates: 0,
    rejected: 0,
    results: events.map(({ id }, index) => ({ index, id, status: 'accepted' }))
  })
})
