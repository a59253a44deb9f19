import type { EventError, Problem } from '@tractionboard/contract'
import type { ErrorObject } from 'ajv'
import { lowerFirst, sortBy, upperFirst } from 'lodash'

/** What is wrong with a value, for people. */
export interface Violation {
  code: Extract<EventError['code'], 'invalid' | 'too_large'>
  /** The field at fault, as a path with dots, or null if it is the value as a whole. */
  field: string | null
  /** What is wrong and what to do. Names fields, and never repeats their values. */
  message: string
  /** The limit of a request that is too large. */
  limit?: Problem['limit']
}

/** Thrown where a value must be valid. Its message is that of the violation. */
export class ViolationError extends Error {
  constructor(readonly violation: Violation) {
    super(violation.message)
    this.name = 'ViolationError'
  }
}

interface Rule {
  /** The field at fault, if it lies inside the one that the error points to, such as a missing one. */
  member?(error: ErrorObject): string
  /**
   * @param name the field with what it belongs to, such as `amount of an event of type payment`.
   * @param subject what it belongs to, such as `an event of type payment`.
   * @param field the field alone, such as `amount`.
   */
  message(name: string, error: ErrorObject, subject: string, field: string): string
}

const CURRENCY_ADVICE = 'Send a code of ISO 4217 in upper case, such as USD.'

/** The keywords of JSON Schema that the contract uses; where several fail, the first of them is reported. */
const RULES: ReadonlyMap<string, Rule> = new Map<string, Rule>([
  [
    'maxItems',
    { message: (name, error) => `${name} has too many items: the most is ${limitOf(error)}. Send fewer at a time.` }
  ],
  [
    // The only names that a schema limits are the currencies of a spend.
    'propertyNames',
    {
      member: ({ params }) => String(params.propertyName),
      message: (name) => `${name} is not a currency. ${CURRENCY_ADVICE}`
    }
  ],
  ['minItems', { message: (name, error) => `${name} has too few items: the least is ${limitOf(error)}. Add some.` }],
  [
    'anyOf',
    {
      member: (error) => alternatives(error)[0],
      message: (_name, error, subject) =>
        `${alternatives(error).join(' and ')} are both missing from ${subject}. Add at least one of them.`
    }
  ],
  [
    'required',
    {
      member: (error) => String(error.params.missingProperty),
      message: (_name, _error, subject, field) => `${field} is missing from ${subject}. Add it.`
    }
  ],
  ['type', { message: (name, { params }) => `${name} is not ${kind(params.type)}. Send ${kind(params.type)}.` }],
  ['enum', { message: (name, error) => (isCurrency(error) ? unknownCurrency(name, error) : notAllowed(name, error)) }],
  ['format', { message: (name, { params }) => `${name} is not ${FORMATS.get(params.format)}.` }],
  [
    'minLength',
    { message: (name, error) => `${name} is too short: its least length is ${limitOf(error)}. Send a longer one.` }
  ],
  [
    'pattern',
    {
      message: (name, { parentSchema }) =>
        parentSchema?.format === 'date-time'
          ? `${name} has more than nine digits after the decimal point. Cut the others off.`
          : `${name} is blank. Send something that is not only blanks.`
    }
  ],
  [
    'maxLength',
    { message: (name, error) => `${name} is too long: its greatest length is ${limitOf(error)}. Shorten it.` }
  ],
  ['minimum', { message: (name, error) => `${name} is below ${limitOf(error)}. Send ${limitOf(error)} or more.` }],
  ['maximum', { message: (name, error) => `${name} is above ${limitOf(error)}. Send ${limitOf(error)} or less.` }],
  ['additionalProperties', unknownField('additionalProperty')],
  ['unevaluatedProperties', unknownField('unevaluatedProperty')]
])

const KEYWORDS = [...RULES.keys()]
const FORMATS: ReadonlyMap<unknown, string> = new Map([
  ['date-time', 'an RFC 3339 date-time. Send one with a time zone, such as 2026-03-02T09:14:07.120Z'],
  ['month', 'a month. Send a year and a month, such as 2026-03']
])
const KINDS: ReadonlyMap<unknown, string> = new Map([
  ['string', 'a string'],
  ['number', 'a number'],
  ['integer', 'a whole number'],
  ['boolean', 'true or false'],
  ['object', 'an object'],
  ['array', 'a list']
])
/** A longer name of a field is cut: it came from the sender, and is there only to be recognized. */
const MAX_NAME_LENGTH = 64

/**
 * Picks the most helpful of the errors that Ajv found, the same one whatever their order, and puts it in words.
 *
 * @param errors at least one error; Ajv must have run with `verbose`.
 * @param subject what was validated, such as `an event of type visit`.
 */
export function describeViolation(errors: readonly ErrorObject[], subject: string): Violation {
  const [[error, field]] = sortBy(
    errors.map((each) => [each, pathOf(each)] as const),
    [([{ keyword }]) => priorityOf(keyword), ([, path]) => path]
  )
  const name = field === '' ? upperFirst(subject) : `${field} of ${subject}`
  const message =
    RULES.get(error.keyword)?.message(name, error, subject, field) ?? `${name} is not as it must be. Correct it.`
  return { code: 'invalid', field: field === '' ? null : field, message }
}

function priorityOf(keyword: string): number {
  const index = KEYWORDS.indexOf(keyword)
  return index < 0 ? KEYWORDS.length : index
}

function pathOf(error: ErrorObject): string {
  const parents = error.instancePath
    .split('/')
    .slice(1)
    .map((part) => part.replace(/~1/g, '/').replace(/~0/g, '~'))
  const member = RULES.get(error.keyword)?.member?.(error)
  return (member === undefined ? parents : [...parents, member]).map(displayName).join('.')
}

function displayName(name: string): string {
  if (name === '') return '""'
  return name.length > MAX_NAME_LENGTH ? `${name.slice(0, MAX_NAME_LENGTH)}…` : name
}

function unknownField(param: string): Rule {
  return {
    member: ({ params }) => String((params as Record<string, unknown>)[param]),
    message: (name) => `${name} is not a known field. Remove it, or correct its name.`
  }
}

function alternatives(error: ErrorObject): string[] {
  return (error.schema as { required: string[] }[]).flatMap(({ required }) => required)
}

function limitOf(error: ErrorObject): string {
  return String(error.params.limit)
}

function kind(type: unknown): string {
  return KINDS.get(type) ?? String(type)
}

function notAllowed(name: string, error: ErrorObject): string {
  return `${name} is not an allowed value. Send one of: ${(error.params.allowedValues as unknown[]).join(', ')}.`
}

function isCurrency({ schemaPath }: ErrorObject): boolean {
  return schemaPath.endsWith('/Currency/enum')
}

/** Three letters are nobody's secret, so the code at fault may be named. */
function unknownCurrency(name: string, { data }: ErrorObject): string {
  if (typeof data !== 'string' || !/^[A-Za-z]{3}$/.test(data)) return `${name} is not a currency. ${CURRENCY_ADVICE}`
  return `${data} is not a currency. Correct ${name}: ${lowerFirst(CURRENCY_ADVICE)}`
}
