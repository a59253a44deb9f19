// Generated from Tractionboard's wire contract (an OpenAPI document). DO NOT MODIFY IT BY HAND.

/** The address of Tractionboard's API. */
export const SERVER = 'https://api.tractionboard.io'

/** The limits of one request. */
export const LIMITS = {
  /** Events in a request. */
  maxEvents: 1000,
  /** Bytes of a request, as uncompressed JSON in UTF-8. */
  maxRequestBytes: 4194304,
  /** Bytes of one event, as uncompressed JSON in UTF-8. */
  maxEventBytes: 32768
}
