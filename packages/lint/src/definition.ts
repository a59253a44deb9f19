/** The parts of a destination definition that the rules read. A module may leave out any of the optional ones. */
export interface Definition {
  name: string
  slug?: string
  description?: string
  authentication?: { fields?: Fields }
  /** The settings of a warehouse or browser destination. */
  settings?: Fields
  audienceFields?: Fields
  actions: Record<string, Action>
  presets?: Preset[]
}

export interface Action {
  title?: string
  description?: string
  defaultSubscription?: string
  fields: Fields
}

export interface Field {
  label?: string
  description?: string
  type?: string
  default?: unknown
  required?: unknown
  multiple?: boolean
  minimum?: number
  maximum?: number
  properties?: Fields
}

export type Fields = Record<string, Field>

export interface Preset {
  name?: string
  type: string
  partnerAction: string
  subscribe?: string
  eventSlug?: string
  mapping?: Record<string, unknown>
}

/** A place in a definition. Without members, it is the destination itself. */
export interface Where {
  setting?: string
  action?: string
  preset?: string
  /** The field's key; a property of an object field comes after a dot. */
  field?: string
}

/** A part of the definition, and where it is. */
export type Located<T> = T & { where: Where }

/** The action with this slug, if there is one. */
export const actionOf = ({ actions }: Definition, slug: string): Action | undefined =>
  Object.hasOwn(actions, slug) ? actions[slug] : undefined

/** Whether a key of a mapping is for Segment's own use, and not a field. */
export const isInternal = (key: string): boolean => key.startsWith('__segment_internal_')

/** Whether a text is missing, or only spaces. */
export const isBlank = (text: string | undefined): boolean => typeof text !== 'string' || text.trim() === ''

/** The settings of every kind of destination. */
const settingsOf = ({ authentication, settings, audienceFields }: Definition): Fields => ({
  ...authentication?.fields,
  ...settings,
  ...audienceFields
})

/** A setting or a field, and its key. */
export type LocatedField = Located<{ key: string; field: Field }>

/** All settings. */
export const locatedSettings = (definition: Definition): LocatedField[] =>
  Object.entries(settingsOf(definition)).map(([key, field]) => ({ key, field, where: { setting: key } }))

/** All fields of an action, and all properties of its object fields. */
export const locatedFieldsOf = (action: string, { fields }: Action): LocatedField[] => within(fields, { action })

/** All fields of all actions, and all properties of their object fields. */
export const locatedFields = ({ actions }: Definition): LocatedField[] =>
  Object.entries(actions).flatMap(([key, action]) => locatedFieldsOf(key, action))

function within(fields: Fields, where: Where): LocatedField[] {
  return Object.entries(fields).flatMap(([key, field]) => {
    const here = { ...where, field: where.field === undefined ? key : `${where.field}.${key}` }
    return [{ key, field, where: here }, ...within(field?.properties ?? {}, here)]
  })
}

/** All presets, located by name, or by number if one has no name. */
export const locatedPresets = ({ presets = [] }: Definition): Located<{ preset: Preset }>[] =>
  presets.map((preset, index) => ({ preset, where: { preset: isBlank(preset.name) ? `#${index + 1}` : preset.name } }))

/** All FQL of the definition: the default subscriptions of actions, and the subscriptions of automatic presets. */
export const subscriptionsOf = (definition: Definition): Located<{ fql: string }>[] => [
  ...Object.entries(definition.actions).flatMap(([action, { defaultSubscription }]) =>
    typeof defaultSubscription === 'string' ? [{ fql: defaultSubscription, where: { action } }] : []
  ),
  ...automaticPresets(definition)
]

/** The FQL of automatic presets, as far as it is a text. */
export const automaticPresets = (definition: Definition): Located<{ fql: string }>[] =>
  locatedPresets(definition).flatMap(({ preset: { type, subscribe }, where }) =>
    type === 'automatic' && typeof subscribe === 'string' ? [{ fql: subscribe, where }] : []
  )

/**
 * Why a definition cannot be linted: which of its parts is not an object or a list.
 *
 * @returns the reason, to go after the name of the module; undefined if the definition can be linted.
 */
export function structuralError(definition: Definition): string | undefined {
  const { actions, presets = [] } = definition
  if (!Array.isArray(presets)) return 'presets is not a list'
  const parts: [name: string, part: unknown][] = [
    ...Object.entries(actions).flatMap(([key, action]): [string, unknown][] => [
      [`action ${key}`, action],
      [`action ${key}, fields`, isObject(action) ? action.fields : undefined]
    ]),
    ...presets.map((preset, index): [string, unknown] => [`preset #${index + 1}`, preset])
  ]
  const broken = parts.find(([, part]) => !isObject(part))
  if (broken) return `${broken[0]} is not an object`
  const field = [...locatedSettings(definition), ...locatedFields(definition)].find(({ field }) => !isObject(field))
  return field && `the setting or field ${field.key} is not an object`
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null
