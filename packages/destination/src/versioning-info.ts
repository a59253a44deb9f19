/** TRACTIONBOARD_API_VERSION
 * Tractionboard Events API version.
 * Tractionboard publishes no API reference; the version is the one of the wire contract that wire-types.ts comes from.
 */
export const TRACTIONBOARD_API_VERSION = 'v1'
