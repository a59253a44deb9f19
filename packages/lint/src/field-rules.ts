import { type Definition, type Field, type LocatedField, locatedFields, locatedSettings } from './definition'
import type { RuleFinding, Rule } from './finding'

/** Words that name a secret. What is filled in once is a secret more often than what comes with each call. */
const SECRET_SETTING = /\b(key|token|secret|password|passphrase|credentials?|code)\b/
const SECRET_FIELD =
  /\b(secret|password|passphrase|credentials?|(api|access|private|secret) key|(api|access|auth|bearer) token)\b/

const MAX_BATCH_KEYS = 3

/** The rules for what settings and fields are. */
export const FIELD_RULES: Rule[] = [
  {
    id: 'secret',
    description: 'Settings and fields that are named like a secret have the type password, so that they are masked.',
    severity: 'error',
    check: (definition) => [
      ...unmaskedSecrets(locatedSettings(definition), SECRET_SETTING),
      ...unmaskedSecrets(locatedFields(definition), SECRET_FIELD)
    ]
  },
  {
    id: 'setting-default',
    description: 'The default of a setting is of its type.',
    severity: 'error',
    check: (definition) =>
      locatedSettings(definition)
        .filter(({ field }) => !hasDefaultOfItsType(field))
        .map(({ field, where }) => ({
          where,
          message: `is a ${field.type} with a ${typeof field.default} as default. Change one of the two.`
        }))
  },
  {
    id: 'default-range',
    description: 'A default that is a number is within its minimum and maximum.',
    severity: 'error',
    check: (definition) =>
      [...locatedSettings(definition), ...locatedFields(definition)]
        .filter(({ field }) => !hasDefaultInRange(field))
        .map(({ field: { default: value, minimum = '-∞', maximum = '∞' }, where }) => ({
          where,
          message: `has the default ${String(value)}, which is not within ${minimum} and ${maximum}. Change one of these.`
        }))
  },
  {
    id: 'batch-keys',
    description: `The default of batch_keys is a list of at most ${MAX_BATCH_KEYS} other fields of the action.`,
    severity: 'error',
    check: (definition) => Object.keys(definition.actions).flatMap((action) => batchKeyFindings(definition, action))
  }
]

/** `tokenId`, `token_id` and `Token ID` in the same words. */
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
      message: `is named like a secret, and a ${field.type}. Make it a password, or name it otherwise.`
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
  if (!Array.isArray(keys)) return ['has a default that is no list. List the fields that a batch has in common.']
  const unknown = keys.filter((key) => key !== 'batch_keys' && !others.includes(key as string))
  return [
    ...(keys.length > MAX_BATCH_KEYS ? [`has ${keys.length} keys. Keep at most ${MAX_BATCH_KEYS}.`] : []),
    ...(unknown.length > 0
      ? [`has ${unknown.join(', ')}, which the action has not. Name its fields: ${others.join(', ')}.`]
      : []),
    ...(keys.includes('batch_keys') ? ['has itself. Take it out.'] : [])
  ]
}
