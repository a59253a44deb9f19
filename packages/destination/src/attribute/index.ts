import type { ActionDefinition } from '@segment/actions-core'
import isPlainObject from 'lodash/isPlainObject'
import { baseEvent } from '../base-event'
import { deliver, deliverBatch } from '../delivery'
import { attributesField, commonFields, fallbackAttributesField, identityFields } from '../fields'
import type { Settings } from '../generated-types'
import { SUBSCRIPTIONS } from '../subscriptions'
import { fieldError, membersOf, undefinedIfEmpty } from '../values'
import type { Members } from '../values'
import type { AttributeEvent } from '../wire-types'
import type { Payload } from './generated-types'

function toEvent(payload: Payload): AttributeEvent {
  const attributes = attributesOf(payload)
  if (attributes === undefined)
    throw fieldError('attributes', 'is empty, so there is nothing to save. Map at least one trait.')
  return { type: 'attribute', attributes, ...baseEvent(payload) }
}

function attributesOf(payload: Payload): Members | undefined {
  const attributes = membersOf(payload.attributes) ?? membersOf(payload.fallback_attributes)
  return attributes && isPlainObject(attributes.group) ? withGroup(attributes, attributes.group as Group) : attributes
}

type Group = { traits?: unknown }

/** Without traits, a group is its ID alone: Tractionboard keeps what it knows of the same group. */
function withGroup(attributes: Members, group: Group): Members | undefined {
  const traits = isPlainObject(group.traits) ? membersOf(group.traits as Members) : undefined
  return undefinedIfEmpty({ ...attributes, group: undefinedIfEmpty({ ...group, traits }) })
}

const action: ActionDefinition<Settings, Payload> = {
  title: 'Set Attributes',
  description:
    'Save attributes of a user: Engage audiences and computed traits, groups, or what is known of a visitor who has not logged in yet. In an Engage space, choose the preset for audiences and computed traits.',
  defaultSubscription: SUBSCRIPTIONS.engage,
  fields: {
    attributes: { ...attributesField, required: true },
    fallback_attributes: fallbackAttributesField,
    ...identityFields,
    ...commonFields
  },
  perform: (request, { payload }) => deliver(request, toEvent, payload),
  performBatch: (request, { payload }) => deliverBatch(request, toEvent, payload)
}

export default action
