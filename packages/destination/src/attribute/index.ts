import type { ActionDefinition } from '@segment/actions-core'
import { baseEvent } from '../base-event'
import { deliver, deliverBatch } from '../delivery'
import { attributesField, commonFields, identityFields } from '../fields'
import type { Settings } from '../generated-types'
import { SUBSCRIPTIONS } from '../subscriptions'
import { fieldError, undefinedIfEmpty } from '../values'
import type { AttributeEvent } from '../wire-types'
import type { Payload } from './generated-types'

function toEvent(payload: Payload): AttributeEvent {
  const attributes = undefinedIfEmpty(payload.attributes)
  if (attributes === undefined)
    throw fieldError('attributes', 'is empty, so there is nothing to save. Map at least one trait.')
  return { type: 'attribute', attributes, ...baseEvent(payload) }
}

const action: ActionDefinition<Settings, Payload> = {
  title: 'Attribute',
  description:
    'Saves attributes of a user: Engage audiences and computed traits, groups, or what is known of a visitor who has not logged in yet.',
  defaultSubscription: SUBSCRIPTIONS.engage,
  fields: {
    attributes: { ...attributesField, required: true },
    ...identityFields,
    ...commonFields
  },
  perform: (request, { payload }) => deliver(request, toEvent, payload),
  performBatch: (request, { payload }) => deliverBatch(request, toEvent, payload)
}

export default action
