import type { DestinationDefinition, InputField } from '@segment/actions-core'
import { code, listed, table } from './markdown'

type Definition = DestinationDefinition<never>
type Field = Partial<InputField> & Pick<InputField, 'type'>
type Fields = Record<string, Field>

const COLUMNS = ['Field', 'What it is', 'Type', 'Required', 'Default']

/** What a person who maps fields calls the types of values. */
const TYPES: Partial<Record<Field['type'], string>> = {
  string: 'Text',
  text: 'Text',
  password: 'Text, kept secret',
  number: 'Number',
  integer: 'Whole number',
  boolean: 'Yes or no',
  datetime: 'Date and time',
  object: 'Names and values'
}

/** The settings of a definition, as a table. */
export function settingsTable(definition: Definition): string {
  const settings = Object.values(definition.authentication?.fields ?? {}) as Field[]
  const rows = settings.map((field) => [field.label ?? '', field.description ?? '', typeOf(field), requiredOf(field)])
  return table(['Setting', 'What it is', 'Type', 'Required'], rows)
}

/** The fields that every action of a definition has, as a table. Where actions differ, it has what most of them say. */
export const commonFieldsTable = (definition: Definition): string => fieldsTable(commonFields(definition))

/**
 * A section for each action of a definition: what it does, and those of its fields that are its own.
 *
 * @param heading what a heading of these sections starts with, such as `###`.
 */
export function actionSections(definition: Definition, heading: string): string {
  const common = commonFields(definition)
  return Object.entries(definition.actions)
    .map(([slug, action]) => {
      const own = Object.entries(action.fields as Fields).filter(([key, field]) => !isSame(field, common[key]))
      const tables = own.length > 0 ? [fieldsTable(Object.fromEntries(own))] : []
      return [`${heading} ${action.title ?? slug}`, action.description, ...tables].join('\n\n')
    })
    .join('\n\n')
}

function commonFields(definition: Definition): Fields {
  const actions = Object.values(definition.actions).map((action) => action.fields as Fields)
  const everywhere = Object.keys(actions[0]).filter((key) => actions.every((fields) => key in fields))
  return Object.fromEntries(everywhere.map((key) => [key, mostFrequent(actions.map((fields) => fields[key]))]))
}

function mostFrequent(fields: Field[]): Field {
  const alike = (field: Field) => fields.filter((other) => isSame(other, field)).length
  return fields.reduce((best, field) => (alike(field) > alike(best) ? field : best))
}

const isSame = (one: Field, other: Field | undefined) => JSON.stringify(one) === JSON.stringify(other)

const fieldsTable = (fields: Fields): string =>
  table(
    COLUMNS,
    Object.values(fields)
      .filter((field) => !field.unsafe_hidden)
      .flatMap((field) => [rowOf(field), ...partsOf(field).map(([label, part]) => rowOf({ ...part, label }))])
  )

const rowOf = (field: Field): string[] => [
  field.label ?? '',
  field.description ?? '',
  typeOf(field),
  requiredOf(field),
  defaultInWords(field)
]

/** The members of an object, each with the part of the object's default that is its own. */
function partsOf(field: Field): [label: string, part: Field][] {
  const defaults = membersOf(field.default)
  return Object.entries((field.properties ?? {}) as Fields).map(([key, part]) => [
    part.label ?? key,
    { ...part, default: defaults?.[key] as Field['default'] }
  ])
}

function typeOf({ type, choices, multiple }: Field): string {
  const words = TYPES[type]
  if (words === undefined || multiple) throw new Error(`No words for a field of the type ${type}.`)
  if (!choices?.length) return words
  const values = choices.map((choice) => code(String(typeof choice === 'string' ? choice : choice.value)))
  return `${words}: ${listed(values, 'or')}`
}

function requiredOf({ required }: Field): string {
  if (typeof required === 'object') throw new Error('No words for a field that is required under conditions.')
  return required ? 'Yes' : 'No'
}

function defaultInWords(field: Field): string {
  const value: unknown = field.default
  if (membersOf(value)) return 'As its parts say'
  if (value === undefined) return ''
  if (typeof value === 'boolean') return value ? 'Yes' : 'No'
  return sourceInWords(value)
}

/** The directives that there are words for. */
type Directives = {
  '@path'?: string
  '@if'?: { then: unknown; else: unknown }
  '@replace'?: { pattern: string; replacement: string; value: unknown }
  '@merge'?: { objects: unknown[] }
}

/** Where a mapping takes a value from: a place in the call, or the first of several that the call has. */
function sourceInWords(value: unknown): string {
  const { '@path': path, '@if': alternative, '@replace': replaced, '@merge': merged } = value as Directives
  if (path !== undefined) return code(path.replace('$.', ''))
  if (alternative) return `${sourceInWords(alternative.then)}, else ${sourceInWords(alternative.else)}`
  // Both only make sure of the type of a value.
  if (replaced && replaced.pattern === replaced.replacement) return sourceInWords(replaced.value)
  if (merged?.objects.length === 1) return sourceInWords(merged.objects[0])
  throw new Error(`No words for the default ${JSON.stringify(value)}.`)
}

/** The members of a default that is put together part by part, and is no directive. */
function membersOf(value: unknown): Record<string, unknown> | undefined {
  const isParts = typeof value === 'object' && value !== null && !Object.keys(value).some((key) => key.startsWith('@'))
  return isParts ? (value as Record<string, unknown>) : undefined
}
