/** TRACTIONBOARD_API_VERSION
 * Tractionboard Events API version.
 * Tractionboard publishes no API reference; this is the version in the wire contract that wire-types.ts is generated from.
 */
export const TRACTIONBOARD_API_VERSION = 'v1'
