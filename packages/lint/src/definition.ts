/** What a definition is to the rules: the parts that are data, as any host's module may write them, or leave out. */
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

/** Where in a definition something is. Nothing at all is the destination itself. */
export interface Where {
  setting?: string
  action?: string
  preset?: string
  /** The field's key; a property of an object field comes after a dot. */
  field?: string
}

/** Something of the definition, and where it is. */
export type Located<T> = T & { where: Where }

/** The action of this slug, if there is one. */
export const actionOf = ({ actions }: Definition, slug: string): Action | undefined =>
  Object.hasOwn(actions, slug) ? actions[slug] : undefined

/** Whether a key of a mapping is none of a field, but one in which Segment keeps something itself. */
export const isInternal = (key: string): boolean => key.startsWith('__segment_internal_')

/** Whether there is nothing to read. */
export const isBlank = (text: string | undefined): boolean => typeof text !== 'string' || text.trim() === ''

/** The settings of every kind of destination. */
const settingsOf = ({ authentication, settings, audienceFields }: Definition): Fields => ({
  ...authentication?.fields,
  ...settings,
  ...audienceFields
})

/** A setting or a field, and its key. */
export type LocatedField = Located<{ key: string; field: Field }>

/** Every setting. */
export const locatedSettings = (definition: Definition): LocatedField[] =>
  Object.entries(settingsOf(definition)).map(([key, field]) => ({ key, field, where: { setting: key } }))

/** Every field of an action, and every property of its object fields. */
export const locatedFieldsOf = (action: string, { fields }: Action): LocatedField[] => within(fields, { action })

/** Every field of every action, and every property of the object fields. */
export const locatedFields = ({ actions }: Definition): LocatedField[] =>
  Object.entries(actions).flatMap(([key, action]) => locatedFieldsOf(key, action))

function within(fields: Fields, where: Where): LocatedField[] {
  return Object.entries(fields).flatMap(([key, field]) => {
    const here = { ...where, field: where.field === undefined ? key : `${where.field}.${key}` }
    return [{ key, field, where: here }, ...within(field?.properties ?? {}, here)]
  })
}

/** Every preset, located by its name, or by its place in the list if it has none. */
export const locatedPresets = ({ presets = [] }: Definition): Located<{ preset: Preset }>[] =>
  presets.map((preset, index) => ({ preset, where: { preset: isBlank(preset.name) ? `#${index + 1}` : preset.name } }))

/** Every FQL of the definition: the default subscriptions of actions, and what automatic presets subscribe to. */
export const subscriptionsOf = (definition: Definition): Located<{ fql: string }>[] => [
  ...Object.entries(definition.actions).flatMap(([action, { defaultSubscription }]) =>
    typeof defaultSubscription === 'string' ? [{ fql: defaultSubscription, where: { action } }] : []
  ),
  ...automaticPresets(definition)
]

/** What automatic presets subscribe to, if it is a text. */
export const automaticPresets = (definition: Definition): Located<{ fql: string }>[] =>
  locatedPresets(definition).flatMap(({ preset: { type, subscribe }, where }) =>
    type === 'automatic' && typeof subscribe === 'string' ? [{ fql: subscribe, where }] : []
  )

/** Why the rules cannot look at a definition at all, if they cannot: which of its parts is no object or list. */
export function structuralError(definition: Definition): string | undefined {
  const { actions, presets = [] } = definition
  if (!Array.isArray(presets)) return 'presets is no list'
  const parts: [name: string, part: unknown][] = [
    ...Object.entries(actions).flatMap(([key, action]): [string, unknown][] => [
      [`action ${key}`, action],
      [`action ${key}, fields`, isObject(action) ? action.fields : undefined]
    ]),
    ...presets.map((preset, index): [string, unknown] => [`preset #${index + 1}`, preset])
  ]
  const broken = parts.find(([, part]) => !isObject(part))
  if (broken) return `${broken[0]} is no object`
  const field = [...locatedSettings(definition), ...locatedFields(definition)].find(({ field }) => !isObject(field))
  return field && `the setting or field ${field.key} is no object`
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null
