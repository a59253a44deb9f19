import {
  type DestinationDefinition,
  fieldsToJsonSchema,
  type InputField,
  type JSONObject,
  type SegmentEvent,
  transform,
  validateSchema
} from '@segment/actions-core'
import { isEqual, uniq } from 'lodash'
import { errorMessage } from '../errors'
import type { Mapping } from '../router'

/** What one field of an action gets from a call, and why. Plain JSON. */
export interface FieldExplanation {
  /** The key of the field. */
  field: string
  label: string
  /** What the action gets, after validation has converted it; undefined if it gets nothing. */
  value: unknown
  /** The paths that gave the value, such as `$.properties.total`. Of a field without a value: those that were tried. */
  from: string[]
  /** What the mapping says of the field. */
  directive: unknown
  /** Whether the mapping leaves the field as the definition presets it. */
  isDefault: boolean
  /** Why Segment rejects the value, in the words of actions-core. */
  problem?: string
}

/**
 * Explains what each field of an action gets from a call, before the action runs.
 *
 * @param definition any definition.
 * @param mapping its `partnerAction` names the action.
 * @returns the fields in the order of the definition. A definition without that action gives none.
 */
export function explainPayload<Settings>(
  definition: Pick<DestinationDefinition<Settings>, 'actions'>,
  mapping: Mapping,
  call: SegmentEvent
): FieldExplanation[] {
  const fields: Record<string, InputField> = definition.actions[mapping.partnerAction]?.fields ?? {}
  const directives = (mapping.mapping ?? {}) as Record<string, unknown>
  const data = call as unknown as JSONObject

  const resolved = Object.keys(fields).map((field) => ({ field, ...resolve(directives[field], data, field) }))
  const payload = Object.fromEntries(resolved.map(({ field, value }) => [field, value]))
  const { values, problems } = check(payload, fields)

  return resolved.map(({ field, problem }) => ({
    field,
    label: fields[field].label,
    value: values[field],
    from: sources(directives[field], data),
    directive: directives[field],
    isDefault: isEqual(directives[field], fields[field].default),
    ...withProblem(problem ?? problems.get(field))
  }))
}

const withProblem = (problem: string | undefined) => (problem === undefined ? {} : { problem })

/** The value of one directive, or why actions-core refuses it. */
function resolve(directive: unknown, call: JSONObject, field = 'value'): { value?: unknown; problem?: string } {
  if (directive === undefined) return {}
  try {
    // actions-core writes defaults into `@replace`, so it gets a copy.
    return { value: transform(structuredClone({ [field]: directive }) as JSONObject, call)[field] }
  } catch (error) {
    return { problem: isIterable(error) ? Array.from(error, ({ message }) => message).join(' ') : errorMessage(error) }
  }
}

type Schema = { type?: unknown; enum?: unknown; properties?: Record<string, Schema>; items?: Schema }

/** Validates a payload as actions-core does before it runs an action, and tells which field each of its errors is of. */
function check(payload: Record<string, unknown>, fields: Record<string, InputField>) {
  const schema = fieldsToJsonSchema(fields)
  // Validation converts values in place.
  const values = structuredClone(withoutEmpty(payload, schema as Schema, true)) as Record<string, unknown>
  const problems = new Map<string, string>()
  try {
    validateSchema(values, schema)
  } catch (error) {
    if (!isIterable(error)) throw error
    for (const { message, path } of error) {
      const quoted = /'([^']+)'/.exec(message)?.[1]
      const [, field = quoted] = /^\$\.([^.[]+)/.exec(path) ?? []
      if (field !== undefined && !problems.has(field)) problems.set(field, message)
    }
  }
  return { values, problems }
}

const isIterable = (error: unknown): error is Iterable<{ message: string; path: string }> =>
  typeof (error as { [Symbol.iterator]?: unknown })[Symbol.iterator] === 'function'

/**
 * A payload without what actions-core takes out before it validates: nulls that the schema does not allow, and blank
 * text at the root and where no text belongs. actions-core does not export its own function.
 *
 * @see https://github.com/segmentio/action-destinations/blob/main/packages/core/src/remove-empty-values.ts
 */
function withoutEmpty(value: unknown, schema: Schema | undefined, isRoot = false): unknown {
  if (!schema?.type && !schema?.enum) return value
  if (Array.isArray(value)) {
    return schema.items ? value.filter((item) => withoutEmpty(item, schema.items) !== undefined) : value
  }
  if (typeof value === 'object' && value !== null) {
    if (!schema.properties) return value
    const entries = Object.entries(value).map(([key, member]) => [key, withoutEmpty(member, schema.properties?.[key])])
    return Object.fromEntries(entries.filter(([, member]) => member !== undefined && !(isRoot && member === '')))
  }
  const types = [schema.type].flat()
  if ((value === null && !types.includes('null')) || (value === '' && !types.includes('string'))) return undefined
  return value
}

/** The paths that gave a value; all that were tried, if none gave any. */
function sources(directive: unknown, call: JSONObject): string[] {
  const tried = uniq(pathsOf(directive, call))
  const found = tried.filter((path) => resolve({ '@path': path }, call).value !== undefined)
  return found.length > 0 ? found : tried
}

/** The paths of a directive, without those of the branch of an `@if` that is not taken. */
function pathsOf(directive: unknown, call: JSONObject): string[] {
  if (typeof directive !== 'object' || directive === null) return []
  return Object.entries(directive).flatMap(([key, inner]: [string, unknown]) => {
    if (key === '_metadata') return []
    if (key === '@path') return typeof inner === 'string' ? [inner] : pathsOf(inner, call)
    if (key === '@template' || key === '@liquid') return placeholders(inner)
    if (key === '@arrayPath' && Array.isArray(inner)) {
      return typeof inner[0] === 'string' ? [inner[0]] : pathsOf(inner[0], call)
    }
    if (key === '@if') return pathsOf(takenBranch(inner as Record<string, unknown>, call), call)
    return pathsOf(inner, call)
  })
}

/** The branch of an `@if` that actions-core takes: it is asked with the names of the branches in their place. */
function takenBranch(options: Record<string, unknown>, call: JSONObject): unknown {
  const { value } = resolve({ '@if': { ...options, then: 'then', else: 'else' } }, call)
  return value === 'then' || value === 'else' ? options[value] : undefined
}

const placeholders = (template: unknown): string[] =>
  typeof template === 'string'
    ? [...template.matchAll(/\{\{-?\s*([A-Za-z_][\w.[\]-]*)/g)].map(([, path]) => `$.${path}`)
    : []
