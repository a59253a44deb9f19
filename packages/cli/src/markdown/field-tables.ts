import type { DestinationDefinition, InputField } from '@segment/actions-core'
import { isEqual, maxBy, omitBy, pickBy } from 'lodash'
import { CliError } from '../errors'
import { joinWithOr } from '../text'
import { inlineCode, table } from './syntax'

type Definition = DestinationDefinition<never>
type Field = Partial<InputField> & Pick<InputField, 'type'>
type Fields = Record<string, Field>

/** What a person who maps fields calls each type. */
const TYPE_NAMES: Partial<Record<Field['type'], string>> = {
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
  const rows = settings.map((field) => [
    field.label ?? '',
    field.description ?? '',
    describeType(field),
    describeRequired(field)
  ])
  return table(['Setting', 'What it is', 'Type', 'Required'], rows)
}

/** The fields that every action has, as a table. Where actions differ, the table has what most of them say. */
export const commonFieldsTable = (definition: Definition): string => fieldsTable(commonFields(definition))

/**
 * A section for each action: what it does, and the fields that differ from the common ones.
 *
 * @param headingMark what the headings start with, such as `###`.
 */
export function actionSections(definition: Definition, headingMark: string): string {
  const common = commonFields(definition)
  return Object.entries(definition.actions)
    .map(([slug, action]) => {
      const own = omitBy(action.fields as Fields, (field, key) => isEqual(field, common[key]))
      const tables = Object.keys(own).length > 0 ? [fieldsTable(own)] : []
      return [`${headingMark} ${action.title ?? slug}`, action.description, ...tables].join('\n\n')
    })
    .join('\n\n')
}

function commonFields(definition: Definition): Fields {
  const [first = {}, ...others] = Object.values(definition.actions).map((action) => action.fields as Fields)
  const shared = pickBy(first, (_, key) => others.every((fields) => key in fields))
  return Object.fromEntries(
    Object.keys(shared).map((key) => [key, mostFrequent([first, ...others].map((fields) => fields[key]))])
  )
}

const mostFrequent = (fields: Field[]): Field =>
  maxBy(fields, (field) => fields.filter((other) => isEqual(other, field)).length) as Field

const fieldsTable = (fields: Fields): string =>
  table(
    ['Field', 'What it is', 'Type', 'Required', 'Default'],
    Object.values(fields)
      .filter((field) => !field.unsafe_hidden)
      .map((field) => [
        field.label ?? '',
        field.description ?? '',
        describeType(field),
        describeRequired(field),
        describeDefault(field)
      ])
  )

function describeType(field: Field): string {
  const { type, choices, multiple, properties } = field
  if (properties) throw cannotDescribe(field, 'parts with fields of their own')
  const name = TYPE_NAMES[type]
  if (name === undefined || multiple) throw cannotDescribe(field, multiple ? `a list of ${type}` : `the type ${type}`)
  if (!choices?.length) return name
  const values = choices.map((choice) => inlineCode(String(typeof choice === 'string' ? choice : choice.value)))
  return `${name}: ${joinWithOr(values)}`
}

function describeRequired(field: Field): string {
  if (typeof field.required === 'object') throw cannotDescribe(field, 'required under conditions')
  return field.required ? 'Yes' : 'No'
}

function describeDefault(field: Field): string {
  const value: unknown = field.default
  if (value === undefined) return ''
  if (typeof value === 'boolean') return value ? 'Yes' : 'No'
  return describeSource(field, value)
}

/** The directives that the docs can describe. */
interface Directives {
  '@path'?: string
  '@if'?: { then: unknown; else: unknown }
  '@replace'?: { pattern: string; replacement: string; value: unknown }
  '@merge'?: { objects: unknown[] }
}

/** Where a default takes its value from, for a table. */
const describeSource = (field: Field, value: unknown): string =>
  pathsOf(field, value)
    .map((path) => inlineCode(path))
    .join(', else ')

/**
 * The parts of a call that a field takes its value from by default: the first of them that the call has.
 *
 * @throws CliError if the action has no such field, or the field takes its value from no part of the call.
 * @example defaultPaths(definition, 'payment', 'amount') // ['properties.revenue', 'properties.amount']
 */
export function defaultPaths({ actions }: Definition, slug: string, key: string): string[] {
  const field = (actions[slug]?.fields as Fields | undefined)?.[key]
  if (!field) throw new CliError(`The docs describe the field ${key} of the action ${slug}, which does not exist.`)
  if (field.default === undefined) throw cannotDescribe(field, 'no default, and the docs name one')
  return pathsOf(field, field.default)
}

function pathsOf(field: Field, value: unknown): string[] {
  const { '@path': path, '@if': branches, '@replace': replaced, '@merge': merged } = Object(value) as Directives
  if (path !== undefined) return [path.replace('$.', '')]
  if (branches) return [...pathsOf(field, branches.then), ...pathsOf(field, branches.else)]
  // These two only make sure of the type of a value.
  if (replaced && replaced.pattern === replaced.replacement) return pathsOf(field, replaced.value)
  if (merged?.objects.length === 1) return pathsOf(field, merged.objects[0])
  throw cannotDescribe(field, `the default ${JSON.stringify(value)}`)
}

const cannotDescribe = ({ label }: Field, what: string) =>
  new CliError(
    `The docs cannot describe the field "${label}": ${what}. Add it to packages/cli/src/markdown/field-tables.ts.`
  )
