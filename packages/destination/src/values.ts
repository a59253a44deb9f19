import { PayloadValidationError } from '@segment/actions-core'

/** The error for a value that cannot be sent: it names the field and says what to do, and never repeats the value. */
export const invalid = (field: string, advice: string): PayloadValidationError =>
  new PayloadValidationError(`${field} ${advice}`)

/**
 * A text with something in it, or nothing. An empty text is as good as none: actions-core takes it away from single
 * events and leaves it in batches, and both must come to the same.
 */
export const present = (text: string | undefined): string | undefined => (text?.trim() ? text : undefined)

/**
 * A text that must be there.
 *
 * @throws PayloadValidationError in the words of actions-core, which sees a missing field before this does.
 */
export function required(field: string, text: string | undefined): string {
  const value = present(text)
  if (value === undefined) throw new PayloadValidationError(`The root value is missing the required field '${field}'.`)
  return value
}

/** The object, or nothing if it has no member that is there, so that what is absent stays absent on the wire. */
export const filled = <T extends object>(members: T): T | undefined =>
  Object.values(members).some((value) => value !== undefined) ? members : undefined

const PLAIN_NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)$/

/**
 * Money as a person would write it.
 *
 * The field is a string, because for a number field actions-core takes `true` for 1 and `"0x10"` for 16. A scientific
 * notation is taken only as JavaScript prints a number (5e-7), which is what a sum of cents may end in.
 *
 * @param amount a decimal in major units, such as `19.99`, spaces around it allowed.
 * @returns the amount as a finite number; its sign is kept.
 * @throws PayloadValidationError if it is no such number.
 */
export function money(field: string, amount: string | undefined): number {
  const text = required(field, amount).trim()
  const value = Number(text)
  const isNumber = PLAIN_NUMBER.test(text) || (Number.isFinite(value) && String(value) === text)
  if (!isNumber || !Number.isFinite(value)) {
    throw invalid(
      field,
      'is not a plain number. Send an amount such as 19.99, without currency signs or thousands separators.'
    )
  }
  return value
}

// Most calls have their time in this form already, which is cheaper to see than to parse. Every month has these days.
const WIRE_FORM = /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|1\d|2[0-8])T([01]\d|2[0-3]):[0-5]\d:[0-5]\d\.\d{3}Z$/
const ISO_DATE =
  /^(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(\.\d+)?)?(Z|[+-](?:0\d|1[0-4])(?::?[0-5]\d)?)?)?$/i
const UNIX_SECONDS = /^\d{10}(\.\d+)?$/
const UNIX_MILLISECONDS = /^\d{13}$/

/**
 * A point in time, in the one form that goes over the wire.
 *
 * @param time an ISO 8601 date, with or without a time (UTC if it names no zone), or Unix time in seconds (10 digits) or
 *   milliseconds (13 digits).
 * @returns RFC 3339 in UTC with milliseconds.
 * @throws PayloadValidationError if it is no such date, or a day that no calendar has.
 */
export function instant(field: string, time: string | number | undefined): string {
  const text = required(field, time === undefined ? time : String(time)).trim()
  if (WIRE_FORM.test(text)) return text
  const milliseconds = unixMilliseconds(text) ?? isoMilliseconds(text)
  if (milliseconds === undefined) {
    throw invalid(field, 'is not a date. Send an ISO 8601 date such as 2026-03-02T09:14:07Z.')
  }
  return new Date(milliseconds).toISOString()
}

function unixMilliseconds(text: string): number | undefined {
  if (UNIX_SECONDS.test(text)) return Math.round(Number(text) * 1000)
  return UNIX_MILLISECONDS.test(text) ? Number(text) : undefined
}

function isoMilliseconds(text: string): number | undefined {
  const match = ISO_DATE.exec(text)
  if (!match) return undefined
  const [year, month, day, hour, minute, second] = match.slice(1, 7).map((digits) => Number(digits ?? 0))
  const lastDay = new Date(Date.UTC(year, month, 0)).getUTCDate()
  const exists = month >= 1 && month <= 12 && day >= 1 && day <= lastDay && hour <= 23 && minute <= 59 && second <= 59
  if (!exists) return undefined
  const date = new Date(0)
  date.setUTCFullYear(year, month - 1, day)
  date.setUTCHours(hour, minute, second, Math.trunc(Number(match[7] ?? 0) * 1000))
  return date.getTime() - offsetMinutes(match[8]) * 60_000
}

// Z has no digits, and so no hours and no minutes.
function offsetMinutes(zone = ''): number {
  const [hours, minutes] = [Number(zone.slice(1, 3)), Number(zone.slice(3).replace(':', ''))]
  return (zone.startsWith('-') ? -1 : 1) * (hours * 60 + minutes)
}

/** Segment's own rule: an amount without a currency is in US dollars. */
const DEFAULT_CURRENCY = 'USD'

/** The currency as it goes over the wire: in upper case, and US dollars if the event names none. */
export const currency = (code: string | undefined): string => present(code)?.trim().toUpperCase() ?? DEFAULT_CURRENCY
