import type { DestinationDefinition, InputField } from '@segment/actions-core'
import { mapValues } from 'lodash'
import { CliError } from '../errors'

/**
 * The `metadata.json` of a definition: all of its data, in upstream's format.
 *
 * Sync modes, hooks, dynamic fields and audiences are not supported: they are written as absent.
 *
 * @returns the text, letter for letter as upstream's `generate:metadata-payload` writes it.
 * @throws CliError that names the action with something that is not supported.
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
  const unsupported = (['syncMode', 'hooks', 'dynamicFields'] as const).find((key) => action[key] !== undefined)
  if (unsupported) {
    throw new CliError(
      `The action "${slug}" has ${unsupported}, which \`tractionboard metadata\` does not support. Run upstream's generate:metadata-payload instead.`
    )
  }
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
