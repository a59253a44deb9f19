import type { ActionDefinition } from '@segment/actions-core'
import { attributesOf } from '../attributes'
import { baseEvent } from '../base-event'
import { deliver, deliverBatch } from '../delivery'
import { attributesField, commonFields, fallbackAttributesField, identityFields } from '../fields'
import type { Settings } from '../generated-types'
import { SUBSCRIPTIONS } from '../subscriptions'
import { fieldError } from '../values'
import type { AttributeEvent } from '../wire-types'
import type { Payload } from './generated-types'

const NO_ATTRIBUTES = 'is empty, so there is nothing to save. Map at least one trait.'
const NO_GROUP_ID = 'has nothing but a group without an ID. Check where your code sets the groupId.'

function toEvent(payload: Payload): AttributeEvent {
  const attributes = attributesOf(payload)
  if (attributes === undefined) throw fieldError('attributes', payload.attributes.group ? NO_GROUP_ID : NO_ATTRIBUTES)
  return { type: 'attribute', attributes, ...baseEvent(payload) }
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
