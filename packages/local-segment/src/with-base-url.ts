import type { DestinationDefinition } from '@segment/actions-core'
import { wrapRequests } from './wrap-requests'

/** Scheme, host and port of a URL. */
const ORIGIN = /^https?:\/\/[^/?#]+/i

/**
 * The same destination, sending to another server. A definition knows one address only; to run it against a stand-in, swap the origin of its requests.
 *
 * @param definition any definition.
 * @param origin where its requests go instead, such as `http://127.0.0.1:4000`. Paths and queries stay as they are.
 * @example
 * const local = withBaseUrl(tractionboard, 'http://127.0.0.1:4000')
 */
export const withBaseUrl = <Settings>(
  definition: DestinationDefinition<Settings>,
  origin: string
): DestinationDefinition<Settings> =>
  wrapRequests(definition, (request) => (url, options) => request(url.replace(ORIGIN, origin), options))
