import { PayloadValidationError } from '@segment/actions-core'

/**
 * The error for a value that cannot be sent. Never put the value into it: it may be personal data.
 *
 * @param field the name of the field.
 * @param advice what is wrong and what to do, as the rest of a sentence that starts with the name.
 * @returns the error to throw.
 * @example throw fieldError('amount', 'is below zero. Send money given back as a refund.')
 */
export const fieldError = (field: string, advice: string): PayloadValidationError =>
  new PayloadValidationError(`${field} ${advice}`)

/**
 * Treats a blank string as missing. actions-core drops an empty string from a single event and keeps it in a batch, and
 * both must give the same event.
 *
 * @param text any string. It is returned as it is: an ID keeps the spaces around it.
 * @returns the string, or `undefined` if it is missing or blank.
 */
export const nonBlank = (text: string | undefined): string | undefined => (text?.trim() ? text : undefined)

/**
 * @param field the name of the field.
 * @param text its value.
 * @returns the value, if it is not blank.
 * @throws PayloadValidationError if it is missing or blank, in the words that actions-core uses for a missing field.
 */
export function requireString(field: string, text: string | undefined): string {
  const value = nonBlank(text)
  if (value === undefined) throw new PayloadValidationError(`The root value is missing the required field '${field}'.`)
  return value
}

/**
 * Leaves an empty object out of the JSON that is sent.
 *
 * @param members any object.
 * @returns the same object, or `undefined` if each of its members is `undefined`.
 */
export const undefinedIfEmpty = <T extends object>(members: T): T | undefined =>
  Object.values(members).some((value) => value !== undefined) ? members : undefined

const PLAIN_NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)$/

/**
 * Parses an amount of money.
 *
 * The field is a string, because actions-core would convert `true` to 1 and `"0x10"` to 16 for a number field. A number
 * in scientific notation is accepted only as JavaScript prints it (5e-7), because a sum of cents can end in one.
 *
 * @param field the name of the field.
 * @param amount a decimal in major units, such as `19.99`. Spaces around it are ignored.
 * @returns the amount as a finite number. It keeps its sign.
 * @throws PayloadValidationError if it is missing, or not such a number.
 * @example parseAmount('amount', ' -12.50 ') // -12.5
 */
export function parseAmount(field: string, amount: string | undefined): number {
  const text = requireString(field, amount).trim()
  const value = Number(text)
  const isNumber = PLAIN_NUMBER.test(text) || (Number.isFinite(value) && String(value) === text)
  if (!isNumber || !Number.isFinite(value)) {
    throw fieldError(
      field,
      'is not a plain number. Send an amount such as 19.99, without currency signs or thousands separators.'
    )
  }
  return value
}

// Most events have their time in this format already, and a test is cheaper than parsing. Every month has 28 days.
const WIRE_FORMAT = /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|1\d|2[0-8])T([01]\d|2[0-3]):[0-5]\d:[0-5]\d\.\d{3}Z$/
const ISO_DATE =
  /^(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(\.\d+)?)?(Z|[+-](?:0\d|1[0-4])(?::?[0-5]\d)?)?)?$/i
const UNIX_SECONDS = /^\d{10}(\.\d+)?$/
const UNIX_MILLISECONDS = /^\d{13}$/

/**
 * Parses a date and time, and gives it in the one format that is sent.
 *
 * @param field the name of the field.
 * @param time an ISO 8601 date, with or without a time (in UTC if it has no offset), or Unix time in seconds (10 digits)
 *   or milliseconds (13 digits).
 * @returns the time in RFC 3339, in UTC and with milliseconds.
 * @throws PayloadValidationError if it is missing, in another format, or a day that does not exist.
 * @see https://www.rfc-editor.org/rfc/rfc3339
 * @example parseTimestamp('occurred_at', '2026-03-02T09:14:07+02:00') // '2026-03-02T07:14:07.000Z'
 */
export function parseTimestamp(field: string, time: string | number | undefined): string {
  const text = requireString(field, time === undefined ? time : String(time)).trim()
  if (WIRE_FORMAT.test(text)) return text
  const milliseconds = unixMilliseconds(text) ?? isoMilliseconds(text)
  if (milliseconds === undefined) {
    throw fieldError(field, 'is not a date. Send an ISO 8601 date such as 2026-03-02T09:14:07Z.')
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

// `Z` has no digits, so its hours and minutes are 0.
function offsetMinutes(zone = ''): number {
  const [hours, minutes] = [Number(zone.slice(1, 3)), Number(zone.slice(3).replace(':', ''))]
  return (zone.startsWith('-') ? -1 : 1) * (hours * 60 + minutes)
}

/** Segment assumes US dollars: https://segment.com/docs/connections/spec/track/#properties */
const DEFAULT_CURRENCY = 'USD'

/**
 * Gives a currency code in the format that is sent. Whether the code exists is checked by Tractionboard.
 *
 * @param code an ISO 4217 code in any case. Spaces around it are ignored.
 * @returns the code in upper case, or `USD` if it is missing or blank.
 * @see https://www.iso.org/iso-4217-currency-codes.html
 * @example normalizeCurrency(' eur ') // 'EUR'
 */
export const normalizeCurrency = (code: string | undefined): string =>
  nonBlank(code)?.trim().toUpperCase() ?? DEFAULT_CURRENCY
