import { compareText } from './compare-text'

/** A point in time, exact to the last digit that was written. */
export interface Timestamp {
  /** Whole seconds since 1970-01-01T00:00:00Z. */
  seconds: number
  /** The digits after the decimal point of the seconds, without zeros at the end, so that they sort as text. */
  fraction: string
}

const RFC_3339 =
  /^(\d{4})-(\d\d)-(\d\d)[Tt]([01]\d|2[0-3]):([0-5]\d):([0-5]\d|60)(?:\.(\d+))?(?:[Zz]|([+-])([01]\d|2[0-3]):([0-5]\d))$/

/** The first second of the year 0000, and the first one after the year 9999. */
const [FIRST_SECOND, END] = [-62167219200, 253402300800]

/**
 * Reads an RFC 3339 date-time. A leap second counts as the second after it.
 *
 * @see https://www.rfc-editor.org/rfc/rfc3339#section-5.6
 * @returns undefined if the text is not such a date-time, names a day or an hour that does not exist, or is in UTC not in
 *   the years 0000 to 9999, the only ones that RFC 3339 has.
 * @example parseTimestamp('2026-03-02T10:14:07.120+01:00') // { seconds: 1772442847, fraction: '12' }
 */
export function parseTimestamp(text: string): Timestamp | undefined {
  const match = RFC_3339.exec(text)
  if (!match) return undefined
  const [, year, month, day, hours, minutes, seconds, fraction = '', sign, offsetHours, offsetMinutes] = match
  const date = new Date(0)
  date.setUTCFullYear(Number(year), Number(month) - 1, Number(day))
  // Date reads 30 February as 2 March, and month 13 as January.
  if (date.getUTCMonth() !== Number(month) - 1 || date.getUTCDate() !== Number(day)) return undefined
  const offset = sign ? Number(`${sign}1`) * secondsOf(offsetHours, offsetMinutes) : 0
  const time = date.getTime() / 1000 + secondsOf(hours, minutes) + Number(seconds) - offset
  if (seconds === '60' && time % 86400 !== 0) return undefined
  if (time < FIRST_SECOND || time >= END) return undefined
  return { seconds: time, fraction: fraction.replace(/0+$/, '') }
}

function secondsOf(hours: string, minutes: string): number {
  return Number(hours) * 3600 + Number(minutes) * 60
}

/** Compares points in time. For `Array.prototype.sort`. */
export function compareTimestamps(one: Timestamp, other: Timestamp): number {
  return one.seconds - other.seconds || compareText(one.fraction, other.fraction)
}

/**
 * Writes a timestamp in UTC with milliseconds; smaller parts of a second are cut off.
 *
 * @example formatTimestamp({ seconds: 1772442847, fraction: '12' }) // '2026-03-02T09:14:07.120Z'
 */
export function formatTimestamp({ seconds, fraction }: Timestamp): string {
  return new Date(seconds * 1000 + Number(fraction.slice(0, 3).padEnd(3, '0'))).toISOString()
}
