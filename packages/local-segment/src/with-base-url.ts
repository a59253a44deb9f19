import { mapValues } from 'lodash'
import type { ActionDefinition, DestinationDefinition, RequestClient } from '@segment/actions-core'

/**
 * The same destination, sending to another server. A definition knows one address only; to run it against a stand-in, swap the origin of its requests.
 *
 * @param definition any definition.
 * @param origin where its requests go instead, such as `http://127.0.0.1:4000`. Paths and queries stay as they are.
 * @example
 * const local = withBaseUrl(tractionboard, 'http://127.0.0.1:4000')
 */
export function withBaseUrl<Settings>(
  definition: DestinationDefinition<Settings>,
  origin: string
): DestinationDefinition<Settings> {
  const { authentication, onDelete, actions } = definition
  const testAuthentication = authentication?.testAuthentication
  const redirected =
    (request: RequestClient): RequestClient =>
    (url, options) =>
      request(url.replace(ORIGIN, origin), options)
  return {
    ...definition,
    authentication: authentication && {
      ...authentication,
      testAuthentication: testAuthentication && ((request, input) => testAuthentication(redirected(request), input))
    },
    onDelete: onDelete && ((request, data) => onDelete(redirected(request), data) as unknown),
    actions: mapValues(actions, (action) => withRequest(action, redirected))
  }
}

/** Scheme, host and port of a URL. */
const ORIGIN = /^https?:\/\/[^/?#]+/i

function withRequest<Settings>(
  action: ActionDefinition<Settings>,
  redirected: (request: RequestClient) => RequestClient
): ActionDefinition<Settings> {
  const { perform, performBatch } = action
  return {
    ...action,
    perform: (request, data) => perform(redirected(request), data) as unknown,
    performBatch: performBatch && ((request, data) => performBatch(redirected(request), data))
  }
}
