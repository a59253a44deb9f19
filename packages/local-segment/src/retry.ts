/**
 * Whether Segment sends an event again after this status: 408, 423, 429, and 5xx but 501.
 *
 * @see https://segment.com/docs/connections/destinations/#retries-between-segment-and-destinations
 */
export const isRetried = (status: number): boolean =>
  [408, 423, 429].includes(status) || (status >= 500 && status !== 501)

/** How often a call is sent at most, and how long to wait before the second attempt. Each further wait doubles. */
export interface RetryOptions {
  attempts: number
  minTimeoutMs: number
}

export const DEFAULT_RETRY: RetryOptions = { attempts: 6, minTimeoutMs: 250 }
