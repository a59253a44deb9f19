import type { ActionDefinition, DestinationDefinition, InputField } from '@segment/actions-core'
import type { ActionForm, FieldForm } from './api-types'

/** What a form for the mappings of a definition needs. */
export const actionForms = ({ actions }: Pick<DestinationDefinition, 'actions'>): ActionForm[] =>
  Object.entries(actions).map(([slug, action]) => actionForm(slug, action))

const actionForm = (
  slug: string,
  { title, description, defaultSubscription = 'type = "track"', fields }: ActionDefinition<unknown>
): ActionForm => ({
  slug,
  title: title ?? slug,
  description: description ?? '',
  defaultSubscription,
  fields: Object.entries(fields).map(([key, field]) => fieldForm(key, field))
})

const fieldForm = (key: string, field: InputField): FieldForm => ({
  key,
  label: field.label ?? key,
  description: field.description ?? '',
  type: field.type,
  required: field.required === true,
  multiple: field.multiple ?? false,
  choices: choicesOf(field),
  ...(field.default !== undefined && { default: field.default }),
  isHidden: field.unsafe_hidden ?? false
})

/** Choices are a list of values, or of values with labels. Those that a definition loads from its API are not known here. */
const choicesOf = ({ choices = [] }: InputField): FieldForm['choices'] =>
  (Array.isArray(choices) ? choices : []).map((choice) =>
    typeof choice === 'object'
      ? { label: choice.label, value: String(choice.value) }
      : { label: String(choice), value: String(choice) }
  )
