/**
 * The limits of Segment's Tracking API, in bytes of JSON.
 *
 * @see https://segment.com/docs/connections/sources/catalog/libraries/server/http-api/#max-request-size
 */
export const MAX_CALL_BYTES = 32 * 1024
export const MAX_BATCH_BYTES = 500 * 1024
export const MAX_BATCH_CALLS = 2500

/** How deep the objects of a body may be in one another. Segment states no limit; code that recurses needs one. */
export const MAX_DEPTH = 100
