import { PayloadValidationError } from '@segment/actions-core'
import escapeRegExp from 'lodash/escapeRegExp'

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
 * @param text any string. It is returned as it is, with the spaces around it.
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
  if (value === undefined) throw missingField(field)
  return value
}

const missingField = (field: string) =>
  new PayloadValidationError(`The root value is missing the required field '${field}'.`)

/**
 * @param value anything that a call can have where text is expected.
 * @returns the text, if it is not blank. Numbers and booleans are converted; anything else gives `undefined`.
 */
export function stringValue(value: unknown): string | undefined {
  if (typeof value === 'string') return nonBlank(value)
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined
}

/**
 * What faulty code sends in the place of an ID, in any case: this project's own list. Taken as IDs, they would make one
 * person of many.
 */
export const PLACEHOLDER_IDS = [
  'null',
  'undefined',
  'None',
  'NaN',
  'true',
  'false',
  '[object Object]',
  '00000000-0000-0000-0000-000000000000'
]

// The first character usually shows that an ID is none of them. A set would have to read the whole ID.
const PLACEHOLDER = new RegExp(`^(${PLACEHOLDER_IDS.map(escapeRegExp).join('|')})$`, 'i')

const isPlaceholder = (id: string): boolean => PLACEHOLDER.test(id)

/**
 * @param id the ID of a person or a group.
 * @returns the ID without the spaces around it, or `undefined` if it is missing, blank, or a placeholder.
 * @example personId(' u1\n') // 'u1'
 */
export function personId(id: string | undefined): string | undefined {
  const trimmed = id?.trim()
  return trimmed && !isPlaceholder(trimmed) ? trimmed : undefined
}

/**
 * @param field the name of the field.
 * @param source the member of a Segment call that the field is usually mapped from.
 * @param id the ID of a person.
 * @returns the ID without the spaces around it.
 * @throws PayloadValidationError if it is missing, blank, or a placeholder. The message says which.
 * @example requirePersonId('external_user_id', 'userId', ' u1\n') // 'u1'
 */
export function requirePersonId(field: string, source: string, id: string | undefined): string {
  // As actions-core says it of a single event.
  if (!id) throw missingField(field)
  const value = personId(id)
  if (value !== undefined) return value
  const fault = id.trim() ? 'is a placeholder, not an ID' : 'is blank'
  throw fieldError(field, `${fault}. Check where your code sets the ${source}.`)
}

/**
 * @param field the name of the field.
 * @param id the messageId of a call, which must tell its event from every other: it is not trimmed.
 * @returns the same ID.
 * @throws PayloadValidationError if it is missing, blank, or a placeholder, under which many events would count as one.
 */
export function requireMessageId(field: string, id: string | undefined): string {
  const value = requireString(field, id)
  if (!isPlaceholder(value.trim())) return value
  throw fieldError(field, 'is a placeholder, not an ID. Check where your code sets the messageId.')
}

/** The members of an object of the call, under their own names. */
export interface Members {
  [name: string]: unknown
}

/**
 * Leaves an empty object out of the JSON that is sent.
 *
 * @param members any object.
 * @returns the same object, or `undefined` if each of its members is `undefined`.
 */
export function undefinedIfEmpty<T extends object>(members: T): T | undefined {
  for (const name in members) if (members[name] !== undefined) return members
  return undefined
}

/**
 * The members of an object that is mapped with `objectAt` (see fields.ts). Where the call has a text or a list instead,
 * actions-core makes an object of its characters or items, under the names 0, 1, 2 and so on.
 *
 * @param object the object.
 * @returns the object, or `undefined` if it is missing, has no members, or was a text or a list.
 */
export const membersOf = (object: Members | undefined): Members | undefined =>
  object === undefined || wasTextOrList(object) ? undefined : undefinedIfEmpty(object)

/**
 * The members of an object that lies inside one that is mapped.
 *
 * @param value anything.
 * @returns the object, or `undefined` if it is none, or has no members. One with the names 0, 1, 2 and so on counts as
 *   none here too.
 */
export const nestedMembers = (value: unknown): Members | undefined =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? membersOf(value as Members) : undefined

// JavaScript lists such names first and in order, so the last of them tells all. Text can be long: nothing is copied.
function wasTextOrList(object: Members): boolean {
  if (!('0' in object)) return false
  const names = Object.keys(object)
  return names[names.length - 1] === String(names.length - 1)
}

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
const WIRE_FORMAT = /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|1\d|2[0-8])T([01]\d|2[0-3]):[0-5]\d:[0-5]\d\.\d{3,9}Z$/
const ISO_DATE =
  /^(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:\.(\d+))?)?(?: ?(Z|UTC|GMT|[+-](?:0\d|1[0-4])(?::?[0-5]\d)?))?)?$/i
/** Seconds or milliseconds, with or without a fraction. */
const UNIX_TIME = /^(\d{10})(\d{3})?(?:\.(\d+))?$/

/**
 * Parses a date and time, and gives it in the one format that is sent.
 *
 * @param field the name of the field.
 * @param time an ISO 8601 date, with or without a time (in UTC if it has no offset); Unix time in seconds (10 digits) or
 *   milliseconds (13 digits); or a date as HTTP writes it.
 * @returns the time in RFC 3339, in UTC, with three to nine digits after the decimal point: those of the call, because
 *   they order its events. Missing digits are zeros, and digits after the ninth are cut off.
 * @throws PayloadValidationError if it is missing, in another format, a day that does not exist, or in UTC not in the
 *   years 0000 to 9999, the only ones that RFC 3339 has.
 * @see https://www.rfc-editor.org/rfc/rfc3339
 * @see https://www.rfc-editor.org/rfc/rfc9110#name-date-time-formats
 * @example parseTimestamp('occurred_at', '2026-03-02T09:14:07.5+02:00') // '2026-03-02T07:14:07.500Z'
 */
export function parseTimestamp(field: string, time: string | undefined): string {
  const text = requireString(field, time).trim()
  if (WIRE_FORMAT.test(text)) return text
  const parsed = parseUnixTime(text) ?? parseIsoDate(text) ?? parseHttpDate(text)
  if (parsed === undefined) {
    throw fieldError(field, 'is not a date. Send an ISO 8601 date such as 2026-03-02T09:14:07Z.')
  }
  const year = parsed.second.getUTCFullYear()
  if (year < 0 || year > 9999) {
    throw fieldError(field, 'is, in UTC, before the year 0000 or after the year 9999. Send the time when it happened.')
  }
  const fraction = parsed.fraction.slice(0, 9).padEnd(3, '0')
  return parsed.second.toISOString().replace('000Z', `${fraction}Z`)
}

/** A second, and the digits of its fraction. */
type Time = { second: Date; fraction: string }

function parseUnixTime(text: string): Time | undefined {
  const match = UNIX_TIME.exec(text)
  return match
    ? { second: new Date(Number(match[1]) * 1000), fraction: (match[2] ?? '') + (match[3] ?? '') }
    : undefined
}

/** `toUTCString` writes the format of HTTP, so a text that it gives back unchanged is in it. */
function parseHttpDate(text: string): Time | undefined {
  const second = new Date(text)
  return isNaN(second.getTime()) || second.toUTCString() !== text ? undefined : { second, fraction: '' }
}

function parseIsoDate(text: string): Time | undefined {
  const match = ISO_DATE.exec(text)
  if (!match) return undefined
  const [year, month, day, hour, minute, second] = match.slice(1, 7).map((digits) => Number(digits ?? 0))
  const date = new Date(0)
  date.setUTCFullYear(year, month - 1, day)
  // Date reads 30 February as 2 March, and month 13 as January.
  if (date.getUTCMonth() !== month - 1 || hour > 23 || minute > 59 || second > 59) return undefined
  date.setUTCHours(hour, minute - offsetMinutes(match[8]), second)
  return { second: date, fraction: match[7] ?? '' }
}

// `Z`, `UTC` and `GMT` have no digits, so their hours and minutes are 0.
function offsetMinutes(zone: string | undefined): number {
  const [hours = 0, minutes = 0] = (zone?.match(/\d\d/g) ?? []).map(Number)
  return (zone?.startsWith('-') ? -1 : 1) * (hours * 60 + minutes)
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
