/**
 * What may go wrong with a request to the contract's endpoints. These take no event: `too_many_requests` (429),
 * `server_error` (5xx), `forbidden` (403), `too_large` (413), `timeout` (no answer until the client gives up). `slow`
 * waits before the request is served. `unavailable` rejects events, which are not stored, with the code of that name.
 * These come after the events were stored, or the person erased: `reorder` (results in another order), `omit` (results
 * are missing), `repeat` (one result twice), `wrong_id` (a result with another id), `garbage` (200 with text that is not
 * JSON) and `drop_after_commit` (the connection ends without an answer). Of several refusals the first listed counts.
 */
export const OUTCOMES = [
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

/** One of the things that may go wrong. */
export type Outcome = (typeof OUTCOMES)[number]

/**
 * Settings of the fault switch. The number of an outcome is its share, from 0 to 1, of the requests; that of
 * `unavailable` is a share of the events. Each outcome is drawn by itself, so several may meet in one request.
 */
export interface Faults extends Partial<Record<Outcome, number>> {
  /** What happens to the next requests, one after the other, before the shares apply. Nothing else happens to them. */
  script?: ('ok' | Outcome)[]
  /** A whole number; the same seed and the same requests give the same faults. */
  seed?: number
  /** How long `slow` waits, in milliseconds. */
  delay_ms?: number
  /** What `too_many_requests` asks for in `Retry-After`, in seconds. */
  retry_after_seconds?: number
  /** The status of `server_error`, 500 to 599. */
  server_error_status?: number
}

/** Settings with nothing left out. */
export type FaultSettings = Required<Faults>

/** Nothing goes wrong. */
export const NO_FAULTS: FaultSettings = {
  ...(Object.fromEntries(OUTCOMES.map((outcome) => [outcome, 0])) as Record<Outcome, number>),
  script: [],
  seed: 1,
  delay_ms: 1000,
  retry_after_seconds: 2,
  server_error_status: 503
}
