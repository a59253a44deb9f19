import type { DestinationDefinition, RequestClient } from '@segment/actions-core'
import { wrapRequests } from '../wrap-requests'

/**
 * The same destination, which maps and validates, and whose requests go nowhere: each gets an empty response with status
 * 200. A definition that expects more of a response fails after its request, and not before.
 */
export const withoutRequests = <Settings>(
  definition: DestinationDefinition<Settings>
): DestinationDefinition<Settings> =>
  wrapRequests(definition, () => {
    const request = () => Promise.resolve(Object.assign(new Response('{}'), { content: '{}', data: {} }))
    return request as unknown as RequestClient
  })
