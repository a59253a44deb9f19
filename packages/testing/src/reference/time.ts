const DATE = /^(\d{4}-\d\d-\d\d)/
const CLOCK = /[T ]([01]\d|2[0-3]):([0-5]\d)(?::([0-5]\d)(?:\.(\d+))?)?/
const ZONE = / ?(Z|UTC|GMT|[+-](?:0\d|1[0-4])(?::?[0-5]\d)?)?/
const TIME = new RegExp(`${DATE.source}(?:${CLOCK.source}${ZONE.source})?$`, 'i')

const UNIX_TIME = /^(\d{10})(\d{3})?(?:\.(\d+))?$/

const [YEAR_0, YEAR_10000] = [-62_167_219_200_000n, 253_402_300_800_000n].map(
  (milliseconds) => milliseconds * 1_000_000n
)

/**
 * The time of a timestamp in nanoseconds since 1970, or undefined if it is invalid or not in the years 0000 to 9999: of
 * ISO 8601, Unix time, or a date of HTTP. Digits after the nanoseconds are cut.
 */
function parseTimestamp(timestamp: unknown): bigint | undefined {
  if (typeof timestamp !== 'string' && typeof timestamp !== 'number') return undefined
  const text = String(timestamp).trim()
  const time = parseUnixTime(text) ?? parseHttpDate(text) ?? parseIsoDate(text)
  return time !== undefined && time >= YEAR_0 && time < YEAR_10000 ? time : undefined
}

const nanoseconds = (milliseconds: number, fraction = '') =>
  BigInt(milliseconds) * 1_000_000n + BigInt(fraction.slice(0, 9).padEnd(9, '0'))

function parseUnixTime(text: string): bigint | undefined {
  const [, seconds, milliseconds = '', fraction = ''] = UNIX_TIME.exec(text) ?? []
  return seconds === undefined ? undefined : nanoseconds(Number(seconds) * 1000, milliseconds + fraction)
}

function parseHttpDate(text: string): bigint | undefined {
  const date = new Date(text)
  return !Number.isNaN(Number(date)) && date.toUTCString() === text ? nanoseconds(Number(date)) : undefined
}

/** UTC unless it names a zone; a date is the start of its day. */
function parseIsoDate(text: string): bigint | undefined {
  const parts = TIME.exec(text)
  if (!parts) return undefined
  const [, day, hour = '00', minute = '00', second = '00', fraction = '', zone = 'Z'] = parts
  // JavaScript turns February 30 into a day of March.
  if (new Date(`${day}T00:00:00Z`).toJSON()?.slice(0, 10) !== day) return undefined
  const offset = zone
    .replace(/^[a-z]+$/i, 'Z')
    .replace(/^([+-]..):?(..)?$/, (_zone, hours, minutes = '00') => `${hours}:${minutes}`)
  const time = Date.parse(`${day}T${hour}:${minute}:${second}${offset}`)
  return Number.isNaN(time) ? undefined : nanoseconds(time, fraction)
}

/** The time of a call: its `timestamp`, or its `originalTimestamp` if it has none. */
export const timeOf = ({ timestamp, originalTimestamp }: Record<string, unknown>): bigint | undefined =>
  parseTimestamp(timestamp == null || timestamp === '' ? originalTimestamp : timestamp)

/** The month of a time, in UTC: `2026-03`. */
export const monthOf = (nanoseconds: bigint): string =>
  new Date(Number(nanoseconds / 1_000_000n)).toISOString().slice(0, 7)
