import type { ActionDefinition, DestinationDefinition, RequestClient } from '@segment/actions-core'
import { SERVER } from '@tractionboard/contract'

/**
 * The same destination, sending to another address. The definition itself knows one address only; whatever runs it
 * against a sandbox swaps the origin on the way out.
 *
 * @param definition a definition whose requests go to the contract's server.
 * @param origin where they shall go instead, such as `http://127.0.0.1:4000`.
 */
export function retarget<Settings>(
  definition: DestinationDefinition<Settings>,
  origin: string
): DestinationDefinition<Settings> {
  const via =
    (request: RequestClient): RequestClient =>
    (url, options) =>
      request(url.replace(SERVER, origin), options)
  const { authentication, onDelete, actions } = definition
  const testAuthentication = authentication?.testAuthentication
  return {
    ...definition,
    authentication: authentication && {
      ...authentication,
      testAuthentication: testAuthentication && ((request, input) => testAuthentication(via(request), input))
    },
    onDelete: onDelete && ((request, data) => onDelete(via(request), data) as unknown),
    actions: Object.fromEntries(Object.entries(actions).map(([slug, action]) => [slug, retargetAction(action, via)]))
  }
}

function retargetAction<Settings>(
  action: ActionDefinition<Settings>,
  via: (request: RequestClient) => RequestClient
): ActionDefinition<Settings> {
  const { perform, performBatch } = action
  return {
    ...action,
    perform: (request, data) => perform(via(request), data) as unknown,
    performBatch: performBatch && ((request, data) => performBatch(via(request), data))
  }
}
