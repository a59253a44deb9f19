import { type Definition, type Field, type LocatedField, locatedFields, locatedSettings } from './definition'
import type { RuleFinding, Rule } from './finding'

/** Names of secrets. The list for fields is shorter: a code or a key in a call is rarely a secret. */
const SECRET_SETTING = /\b(key|token|secret|password|passphrase|credentials?|code)\b/
const SECRET_FIELD =
  /\b(secret|password|passphrase|credentials?|(api|access|private|secret) key|(api|access|auth|bearer) token)\b/

const MAX_BATCH_KEYS = 3

/** The rules for the types and defaults of settings and fields. */
export const FIELD_RULES: Rule[] = [
  {
    id: 'secret',
    description: 'Settings and fields with the name of a secret have the type password, so that Segment masks them.',
    severity: 'error',
    check: (definition) => [
      ...unmaskedSecrets(locatedSettings(definition), SECRET_SETTING),
      ...unmaskedSecrets(locatedFields(definition), SECRET_FIELD)
    ]
  },
  {
    id: 'setting-default',
    description: 'The default of a setting has the type of the setting.',
    severity: 'error',
    check: (definition) =>
      locatedSettings(definition)
        .filter(({ field }) => !hasDefaultOfItsType(field))
        .map(({ field, where }) => ({
          where,
          message: `is a ${field.type}, but its default is a ${typeof field.default}. Change one of them.`
        }))
  },
  {
    id: 'default-range',
    description: 'A default number is between the minimum and the maximum.',
    severity: 'error',
    check: (definition) =>
      [...locatedSettings(definition), ...locatedFields(definition)]
        .filter(({ field }) => !hasDefaultInRange(field))
        .map(({ field: { default: value, minimum = '-∞', maximum = '∞' }, where }) => ({
          where,
          message: `has the default ${String(value)}, which is not between ${minimum} and ${maximum}. Change one of them.`
        }))
  },
  {
    id: 'batch-keys',
    description: `The default of batch_keys is a list of at most ${MAX_BATCH_KEYS} other fields of the action.`,
    severity: 'error',
    check: (definition) => Object.keys(definition.actions).flatMap((action) => batchKeyFindings(definition, action))
  }
]

/** `tokenId`, `token_id` and `Token ID` become `token id`. */
const words = (name: string) =>
  name
    .replace(/([a-z\d])([A-Z])|([A-Z])([A-Z][a-z])/g, '$1$3 $2$4')
    .replace(/[^a-z\d]+/gi, ' ')
    .toLowerCase()

function unmaskedSecrets(fields: LocatedField[], secret: RegExp): RuleFinding[] {
  return fields
    .filter(
      ({ key, field }) =>
        field.type !== 'password' && [key, String(field.label)].map(words).some((name) => secret.test(name))
    )
    .map(({ field, where }) => ({
      where,
      message: `has the name of a secret, but the type ${field.type}. Make it a password, or rename it.`
    }))
}

const TYPES: Record<string, string> = { boolean: 'boolean', number: 'number', string: 'string', password: 'string' }

const hasDefaultOfItsType = ({ type = '', default: value, multiple }: Field) =>
  value === undefined || multiple || TYPES[type] === undefined || typeof value === TYPES[type]

const hasDefaultInRange = ({ default: value, minimum = -Infinity, maximum = Infinity }: Field) =>
  typeof value !== 'number' || (value >= minimum && value <= maximum)

function batchKeyFindings({ actions }: Definition, action: string): RuleFinding[] {
  const { batch_keys: batchKeys, ...others } = actions[action].fields
  if (batchKeys === undefined) return []
  const keys = batchKeys.default ?? []
  return batchKeyProblems(keys, Object.keys(others)).map((message) => ({
    where: { action, field: 'batch_keys' },
    message
  }))
}

function batchKeyProblems(keys: unknown, others: string[]): string[] {
  if (!Array.isArray(keys)) return ['has a default that is not a list. List the fields that are the same in a batch.']
  const unknown = keys.filter((key) => key !== 'batch_keys' && !others.includes(key as string))
  return [
    ...(keys.length > MAX_BATCH_KEYS ? [`has ${keys.length} keys. Keep at most ${MAX_BATCH_KEYS}.`] : []),
    ...(unknown.length > 0
      ? [`names ${unknown.join(', ')}, which the action does not have. Use one of: ${others.join(', ')}.`]
      : []),
    ...(keys.includes('batch_keys') ? ['names itself. Remove it.'] : [])
  ]
}
