/**
 * The faults that may be injected into a request to the contract's endpoints.
 *
 * - Nothing is stored: `too_many_requests` (429), `server_error` (5xx), `forbidden` (403), `too_large` (413) and
 *   `timeout` (no response until the client gives up). The first of them in this list wins.
 * - `slow` waits before the request is handled.
 * - `unavailable` rejects events, which are not stored, with the code of that name.
 * - The events are stored, or the person erased: `reorder` (results in another order), `omit` (results are missing),
 *   `repeat` (one result twice), `wrong_id` (a result with another id), `garbage` (200 with text that is not JSON) and
 *   `drop_after_commit` (the connection ends without a response).
 */
export const FAULT_KINDS = [
  'too_many_requests',
  'server_error',
  'forbidden',
  'too_large',
  'timeout',
  'slow',
  'unavailable',
  'reorder',
  'omit',
  'repeat',
  'wrong_id',
  'garbage',
  'drop_after_commit'
] as const

export type FaultKind = (typeof FAULT_KINDS)[number]

/**
 * Settings of the faults. The number of a kind is the share of the requests that get it, from 0 to 1; that of
 * `unavailable` is a share of the events. Each kind is drawn by itself, so one request may get several.
 *
 * @example { too_many_requests: 0.1, script: ['server_error', 'ok'], seed: 7 }
 */
export interface Faults extends Partial<Record<FaultKind, number>> {
  /** What the next requests get, one after the other, before the shares apply. */
  script?: ('ok' | FaultKind)[]
  /** A whole number, 1 by default. The same seed and the same requests give the same faults. */
  seed?: number
  /** How long `slow` waits, in milliseconds; 1,000 by default. */
  delay_ms?: number
  /** The `Retry-After` of `too_many_requests`, in seconds; 2 by default. */
  retry_after_seconds?: number
  /** The status of `server_error`, 500 to 599; 503 by default. */
  server_error_status?: number
}

/** Settings with nothing left out. */
export type FaultSettings = Required<Faults>

/** The defaults. */
export const NO_FAULTS: FaultSettings = {
  ...(Object.fromEntries(FAULT_KINDS.map((kind) => [kind, 0])) as Record<FaultKind, number>),
  script: [],
  seed: 1,
  delay_ms: 1000,
  retry_after_seconds: 2,
  server_error_status: 503
}
