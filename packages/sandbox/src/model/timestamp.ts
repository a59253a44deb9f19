/** A point in time, exact to the nanosecond. */
export interface Timestamp {
  /** Whole seconds since 1970-01-01T00:00:00Z. */
  seconds: number
  /** From 0 to 999,999,999. The contract allows no more than nine digits after the decimal point. */
  nanoseconds: number
}

const RFC_3339 =
  /^\d{4}-\d\d-\d\d[Tt](?:[01]\d|2[0-3]):[0-5]\d:(?:[0-5]\d|60)(?:\.\d+)?(?:[Zz]|[+-](?:[01]\d|2[0-3]):[0-5]\d)$/

/** The first second of the year 0000, and the first one after the year 9999. */
const [FIRST_SECOND, END] = [-62167219200, 253402300800]

/** The seconds of a day without a leap second. */
export const SECONDS_A_DAY = 86_400

/** After so many years, the calendar repeats. */
const CYCLE = { years: 400, seconds: 146_097 * SECONDS_A_DAY }

/** What was read last: a text is read once to see whether it is valid, and at once again to be stored. */
let last: { text: string; timestamp: Timestamp | undefined } = { text: '', timestamp: undefined }

/**
 * Reads an RFC 3339 date-time. A leap second counts as the second after it. Digits after the ninth are cut off.
 *
 * @see https://www.rfc-editor.org/rfc/rfc3339#section-5.6
 * @returns undefined if the text is not such a date-time, names a day or an hour that does not exist, or is in UTC not in
 *   the years 0000 to 9999, the only ones that RFC 3339 has.
 * @example parseTimestamp('2026-03-02T10:14:07.120+01:00') // { seconds: 1772442847, nanoseconds: 120000000 }
 */
export function parseTimestamp(text: string): Readonly<Timestamp> | undefined {
  if (text !== last.text) last = { text, timestamp: parse(text) }
  return last.timestamp
}

function parse(text: string): Timestamp | undefined {
  // Groups in the expression would take longer than all the rest.
  if (!RFC_3339.test(text)) return undefined
  const midnight = midnightOf(numberAt(text, 0, 4), numberAt(text, 5, 7), numberAt(text, 8, 10))
  if (midnight === undefined) return undefined
  const seconds = numberAt(text, 17, 19)
  const time = midnight + secondsAt(text, 11) + seconds - offsetOf(text)
  if (seconds === 60 && time % SECONDS_A_DAY !== 0) return undefined
  if (time < FIRST_SECOND || time >= END) return undefined
  return { seconds: time, nanoseconds: nanosecondsOf(text) }
}

/** The seconds from 1970 to a day in UTC; undefined if it is not in the calendar. */
function midnightOf(year: number, month: number, day: number): number | undefined {
  if (month < 1 || month > 12 || day < 1) return undefined
  // Date.UTC takes the years 0 to 99 for those of the twentieth century.
  const cycleYear = year + CYCLE.years
  const time = Date.UTC(cycleYear, month - 1, day)
  // It reads 30 February as 2 March.
  return time < Date.UTC(cycleYear, month) ? time / 1000 - CYCLE.seconds : undefined
}

/** The whole number that some of the characters of a text are. */
function numberAt(text: string, start: number, end: number): number {
  let number = 0
  for (let index = start; index < end; index++) number = number * 10 + text.charCodeAt(index) - ZERO
  return number
}

const ZERO = '0'.charCodeAt(0)

const isDigit = (code: number) => code >= ZERO && code < ZERO + 10

/** The seconds of hours and minutes, such as `10:14`. */
function secondsAt(text: string, start: number): number {
  return numberAt(text, start, start + 2) * 3600 + numberAt(text, start + 3, start + 5) * 60
}

/** The seconds that the zone at the end of a date-time is ahead of UTC. */
function offsetOf(text: string): number {
  const start = text.length - '+01:00'.length
  const sign = text[start]
  if (sign !== '+' && sign !== '-') return 0
  return secondsAt(text, start + 1) * (sign === '-' ? -1 : 1)
}

function nanosecondsOf(text: string): number {
  if (text[19] !== '.') return 0
  const start = 20
  let end = start
  while (end < start + 9 && isDigit(text.charCodeAt(end))) end += 1
  return numberAt(text, start, end) * 10 ** (start + 9 - end)
}

/** Compares points in time. For `Array.prototype.sort`. */
export function compareTimestamps(one: Timestamp, other: Timestamp): number {
  return one.seconds - other.seconds || one.nanoseconds - other.nanoseconds
}

/**
 * Writes a timestamp in UTC with milliseconds; smaller parts of a second are cut off.
 *
 * @example formatTimestamp({ seconds: 1772442847, nanoseconds: 120000000 }) // '2026-03-02T09:14:07.120Z'
 */
export function formatTimestamp({ seconds, nanoseconds }: Timestamp): string {
  return new Date(seconds * 1000 + Math.floor(nanoseconds / 1_000_000)).toISOString()
}
