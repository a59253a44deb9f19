/** The contract's limits on a request and on an event. Sizes are in bytes. */
export interface Limits {
  maxEvents: number
  maxRequestBytes: number
  maxEventBytes: number
}
