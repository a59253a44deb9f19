import { mapValues } from 'lodash'
import type { ActionDefinition, DestinationDefinition, RequestClient } from '@segment/actions-core'

/**
 * The same destination, whose every request goes through a wrapper: those of its actions, of the test of its settings,
 * and of deletions.
 *
 * @param definition any definition. It is not changed.
 * @param wrap takes the client that the platform hands over, and gives the one that the destination uses instead.
 * @example
 * const impatient = wrapRequests(definition, (request) => (url, options) => request(url, { ...options, timeout: 40 }))
 */
export function wrapRequests<Settings>(
  definition: DestinationDefinition<Settings>,
  wrap: (request: RequestClient) => RequestClient
): DestinationDefinition<Settings> {
  const { authentication, onDelete, actions } = definition
  const testAuthentication = authentication?.testAuthentication
  return {
    ...definition,
    authentication: authentication && {
      ...authentication,
      testAuthentication: testAuthentication && ((request, input) => testAuthentication(wrap(request), input))
    },
    onDelete: onDelete && ((request, data) => onDelete(wrap(request), data) as unknown),
    actions: mapValues(actions, ({ perform, performBatch, ...action }): ActionDefinition<Settings> => ({
      ...action,
      perform: (request, data) => perform(wrap(request), data) as unknown,
      performBatch: performBatch && ((request, data) => performBatch(wrap(request), data))
    }))
  }
}
