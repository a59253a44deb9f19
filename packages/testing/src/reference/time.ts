const DATE = /^(\d{4}-\d\d-\d\d)T([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/

/** The moment that an RFC 3339 date names, in milliseconds since 1970, or undefined if there is no such moment. */
export function instant(timestamp: unknown): number | undefined {
  if (typeof timestamp !== 'string') return undefined
  const day = DATE.exec(timestamp)?.[1]
  // A day that no calendar has, such as the 30th of February, rolls over into the next month.
  if (!day || new Date(`${day}T00:00:00Z`).toJSON()?.slice(0, 10) !== day) return undefined
  const moment = Date.parse(timestamp)
  return Number.isNaN(moment) ? undefined : moment
}
