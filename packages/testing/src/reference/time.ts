const TIME =
  /^(\d{4}-\d\d-\d\d)(?:[T ]([01]\d|2[0-3]):([0-5]\d)(?::([0-5]\d)(?:\.(\d+))?)? ?(Z|UTC|GMT|[+-]\d\d:?\d\d)?)?$/i

/**
 * The time of an ISO 8601 timestamp in nanoseconds since 1970, or undefined if it is invalid. UTC unless it names a zone; a
 * date is the start of its day; digits after the nanoseconds are cut.
 */
function parseTimestamp(timestamp: unknown): bigint | undefined {
  if (typeof timestamp !== 'string') return undefined
  const parts = TIME.exec(timestamp.trim())
  if (!parts) return undefined
  const [, day, hour = '00', minute = '00', second = '00', fraction = '', zone = 'Z'] = parts
  // JavaScript turns February 30 into a day of March.
  if (new Date(`${day}T00:00:00Z`).toJSON()?.slice(0, 10) !== day) return undefined
  const offset = zone.replace(/^[a-z]+$/i, 'Z').replace(/^(...)(\d\d)$/, '$1:$2')
  const time = Date.parse(`${day}T${hour}:${minute}:${second}${offset}`)
  return Number.isNaN(time) ? undefined : BigInt(time) * 1_000_000n + BigInt(fraction.slice(0, 9).padEnd(9, '0'))
}

/** The time of a call: its `timestamp`, or its `originalTimestamp` if it has none. */
export const timeOf = ({ timestamp, originalTimestamp }: Record<string, unknown>): bigint | undefined =>
  parseTimestamp(timestamp == null || timestamp === '' ? originalTimestamp : timestamp)

/** The month of a time, in UTC: `2026-03`. */
export const monthOf = (nanoseconds: bigint): string =>
  new Date(Number(nanoseconds / 1_000_000n)).toISOString().slice(0, 7)
