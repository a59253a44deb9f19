import { trimEnd } from 'lodash'

/** A point in time, exact to the last digit that was written. */
export interface Timestamp {
  /** Whole seconds since 1970-01-01T00:00:00Z. */
  seconds: number
  /** The digits after the decimal point of the seconds, without zeros at the end, so that they sort as text. */
  fraction: string
}

const RFC_3339 =
  /^(\d{4}-\d\d-\d\d)[Tt](\d\d:[0-5]\d):([0-5]\d|60)(?:\.(\d+))?(?:[Zz]|([+-])([01]\d|2[0-3]):([0-5]\d))$/

/**
 * Reads an RFC 3339 date-time. A leap second counts as the second after it.
 *
 * @see https://www.rfc-editor.org/rfc/rfc3339#section-5.6
 * @returns undefined if the text is not such a date-time, or names a day or an hour that does not exist.
 * @example parseTimestamp('2026-03-02T10:14:07.120+01:00') // { seconds: 1772442847, fraction: '12' }
 */
export function parseTimestamp(text: string): Timestamp | undefined {
  const match = RFC_3339.exec(text)
  if (!match) return undefined
  const [, date, minutes, second, fraction = '', sign, offsetHours, offsetMinutes] = match
  const isLeapSecond = second === '60'
  const local = new Date(`${date}T${minutes}:${isLeapSecond ? '59' : second}Z`)
  // Date reads 30 February as 2 March, and hour 24 as the next day.
  if (Number.isNaN(local.getTime()) || !local.toISOString().startsWith(`${date}T${minutes}`)) return undefined
  const offset = sign ? Number(`${sign}1`) * (Number(offsetHours) * 3600 + Number(offsetMinutes) * 60) : 0
  const seconds = local.getTime() / 1000 - offset
  if (isLeapSecond && (seconds + 1) % 86400 !== 0) return undefined
  return { seconds: isLeapSecond ? seconds + 1 : seconds, fraction: trimEnd(fraction, '0') }
}

/**
 * Writes a timestamp in UTC with milliseconds; smaller parts of a second are cut off.
 *
 * @example formatTimestamp({ seconds: 1772442847, fraction: '12' }) // '2026-03-02T09:14:07.120Z'
 */
export function formatTimestamp({ seconds, fraction }: Timestamp): string {
  return new Date(seconds * 1000 + Number(fraction.slice(0, 3).padEnd(3, '0'))).toISOString()
}
