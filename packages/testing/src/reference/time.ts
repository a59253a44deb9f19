const DATE = /^(\d{4}-\d\d-\d\d)T([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/

/** The time of an RFC 3339 timestamp in milliseconds since 1970, or undefined if it is invalid. */
export function parseTimestamp(timestamp: unknown): number | undefined {
  if (typeof timestamp !== 'string') return undefined
  const day = DATE.exec(timestamp)?.[1]
  // JavaScript turns February 30 into a day of March.
  if (!day || new Date(`${day}T00:00:00Z`).toJSON()?.slice(0, 10) !== day) return undefined
  const time = Date.parse(timestamp)
  return Number.isNaN(time) ? undefined : time
}
