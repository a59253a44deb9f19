import type { DestinationDefinition, InputField } from '@segment/actions-core'

/**
 * What `metadata.json` says of a definition: everything of it that is data, in upstream's format.
 *
 * Covers what a cloud destination of this kind has. Sync modes, hooks, dynamic fields and audiences, of which this
 * destination has none, are written as upstream writes their absence.
 *
 * @returns the text of `metadata.json`, letter for letter as upstream's `generate:metadata-payload` writes it.
 * @throws an error that names the action that has something this generator cannot write.
 */
export function metadata(definition: DestinationDefinition<never>): string {
  const { slug, name, mode, description, authentication, actions, presets } = definition
  const document = {
    slug,
    name,
    mode,
    description,
    authentication: authentication
      ? { scheme: authentication.scheme, fields: mapValues(authentication.fields, settingMetadata) }
      : null,
    audienceConfig: null,
    actions: mapValues(actions, actionMetadata),
    presets: (presets ?? []).map((preset) => ({
      name: preset.name,
      type: preset.type,
      partnerAction: preset.partnerAction,
      subscribe: 'subscribe' in preset ? preset.subscribe : undefined,
      mapping: preset.mapping ?? {},
      eventSlug: 'eventSlug' in preset ? preset.eventSlug : null
    }))
  }
  return `${JSON.stringify(document, null, 2)}\n`
}

type Action = DestinationDefinition<never>['actions'][string]
type Field = Partial<InputField> & Pick<InputField, 'type'>

function actionMetadata(action: Action, slug: string) {
  const unknown = (['syncMode', 'hooks', 'dynamicFields'] as const).find((key) => action[key] !== undefined)
  if (unknown) throw new Error(`The action "${slug}" has ${unknown}, which this generator does not write yet.`)
  return {
    title: action.title ?? slug,
    description: action.description ?? '',
    platform: action.platform === 'web' ? 'web' : 'cloud',
    defaultSubscription: action.defaultSubscription ?? null,
    hidden: action.hidden ?? false,
    hasPerformBatch: typeof action.performBatch === 'function',
    syncMode: null,
    hooks: null,
    dynamicFields: null,
    fields: mapValues(action.fields as Record<string, Field>, fieldMetadata)
  }
}

function settingMetadata(field: Omit<Field, 'dynamic'>) {
  return {
    label: field.label,
    description: field.description,
    type: field.type,
    required: requiredOf(field),
    multiple: field.multiple ?? false,
    choices: choicesOf(field),
    default: field.default ?? null,
    depends_on: field.depends_on ?? null
  }
}

function fieldMetadata(field: Field): object {
  return {
    label: field.label,
    description: field.description,
    type: field.type,
    required: requiredOf(field),
    multiple: field.multiple ?? false,
    allowNull: field.allowNull ?? false,
    dynamic: field.dynamic ?? false,
    default: field.default ?? null,
    choices: choicesOf(field),
    placeholder: field.placeholder ?? null,
    properties:
      field.type === 'object' && field.properties
        ? mapValues(field.properties as Record<string, Field>, fieldMetadata)
        : null,
    category: field.category ?? null,
    depends_on: field.depends_on ?? null,
    readOnly: field.readOnly ?? null,
    hidden: field.unsafe_hidden ?? null,
    minimum: field.minimum ?? null,
    maximum: field.maximum ?? null,
    defaultObjectUI: field.defaultObjectUI ?? null,
    disabledInputMethods: field.disabledInputMethods ?? null,
    displayMode: field.displayMode ?? null,
    format: field.format ?? null,
    additionalProperties: field.additionalProperties ?? false
  }
}

const requiredOf = ({ required }: Omit<Field, 'dynamic'>) =>
  typeof required === 'object' ? required : required === true

function choicesOf({ choices }: Omit<Field, 'dynamic'>) {
  if (!choices?.length) return null
  return choices.map((choice) => (typeof choice === 'string' ? { label: choice, value: choice } : choice))
}

const mapValues = <T, R>(record: Record<string, T>, map: (value: T, key: string) => R): Record<string, R> =>
  Object.fromEntries(Object.entries(record).map(([key, value]) => [key, map(value, key)]))
