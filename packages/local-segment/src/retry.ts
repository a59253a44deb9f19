/**
 * Whether Segment sends an event again after this status: 408, 423, 429, and 5xx but 501.
 *
 * @see https://segment.com/docs/connections/destinations/#retries-between-segment-and-destinations
 */
export const isRetried = (status: number): boolean =>
  [408, 423, 429].includes(status) || (status >= 500 && status !== 501)

/** When a call is sent again, and when no more. */
export interface RetryOptions {
  /** How often a call is sent at most while the server answers others. A wait that the server asks for is not counted. */
  attempts: number
  /** The most that is waited before the second attempt, in milliseconds. It doubles with each further attempt. */
  minTimeoutMs: number
  /** The most that is waited before any attempt, unless the server asks for more. */
  maxTimeoutMs: number
  /** How long a server may answer nothing at all before the run ends. */
  giveUpAfterMs: number
}

export const DEFAULT_RETRY: RetryOptions = {
  attempts: 10,
  minTimeoutMs: 250,
  maxTimeoutMs: 30_000,
  giveUpAfterMs: 10 * 60_000
}

/**
 * How long to wait before the next attempt: any time up to a maximum that doubles, so that those who wait do not all come
 * back at once.
 *
 * @param failures how many attempts have failed; at least 1.
 * @param random a number from 0 to below 1.
 * @see https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/
 */
export const retryDelay = (
  { minTimeoutMs, maxTimeoutMs }: Pick<RetryOptions, 'minTimeoutMs' | 'maxTimeoutMs'>,
  failures: number,
  random: number
): number => random * Math.min(maxTimeoutMs, minTimeoutMs * 2 ** (failures - 1))

/**
 * Reads a Retry-After header, which is a number of seconds or a date.
 *
 * @param headers those of the response. Its own `Date` is the time that a date counts from, because the clock of this
 *   machine may be wrong.
 * @returns milliseconds; undefined if there is no such header, or none that can be read.
 * @see https://www.rfc-editor.org/rfc/rfc9110#name-retry-after
 */
export function retryAfterMs(headers: Pick<Headers, 'get'>): number | undefined {
  const value = headers.get('retry-after')?.trim()
  if (!value) return undefined
  if (/^\d+(\.\d+)?$/.test(value)) return Number(value) * 1000
  const sentAt = Date.parse(headers.get('date') ?? '')
  const wait = Date.parse(value) - (Number.isNaN(sentAt) ? Date.now() : sentAt)
  return Number.isNaN(wait) ? undefined : Math.max(0, wait)
}
