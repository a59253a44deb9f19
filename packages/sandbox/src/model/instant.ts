/** A point in time, exact to the last digit that was written. */
export interface Instant {
  /** Whole seconds since 1970-01-01T00:00:00Z. */
  seconds: number
  /** The digits after the decimal point of the seconds, as written; empty if there were none. */
  fraction: string
}

const RFC_3339 =
  /^(\d{4}-\d\d-\d\d)[Tt](\d\d:[0-5]\d):([0-5]\d|60)(?:\.(\d+))?(?:[Zz]|([+-])([01]\d|2[0-3]):([0-5]\d))$/

/**
 * Reads a date-time as RFC 3339 writes it (section 5.6). A leap second counts as the second after it.
 *
 * @returns the instant, or undefined if the text is not such a date-time, or names a day or an hour that does not exist.
 */
export function parseInstant(text: string): Instant | undefined {
  const match = RFC_3339.exec(text)
  if (!match) return undefined
  const [, date, minutes, second, fraction = '', sign, offsetHours, offsetMinutes] = match
  const leap = second === '60'
  const local = new Date(`${date}T${minutes}:${leap ? '59' : second}Z`)
  // Date reads 30 February as 2 March, and hour 24 as the next day.
  if (Number.isNaN(local.getTime()) || !local.toISOString().startsWith(`${date}T${minutes}`)) return undefined
  const offset = sign ? Number(`${sign}1`) * (Number(offsetHours) * 3600 + Number(offsetMinutes) * 60) : 0
  const seconds = local.getTime() / 1000 - offset
  if (leap && (seconds + 1) % 86400 !== 0) return undefined
  return { seconds: leap ? seconds + 1 : seconds, fraction }
}

/** Orders two instants: negative if `a` is before `b`, zero if they are the same. */
export function compareInstants(a: Instant, b: Instant): number {
  const width = Math.max(a.fraction.length, b.fraction.length)
  return a.seconds - b.seconds || compareText(a.fraction.padEnd(width, '0'), b.fraction.padEnd(width, '0'))
}

/** Orders two texts by their UTF-16 units, which no locale can change: negative if `a` comes first, zero if equal. */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

/** Writes an instant in UTC with milliseconds, whatever zone it came in: `2026-03-02T09:14:07.120Z`. */
export function formatInstant({ seconds, fraction }: Instant): string {
  return new Date(seconds * 1000 + Number(fraction.slice(0, 3).padEnd(3, '0'))).toISOString()
}
