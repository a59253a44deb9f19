import type { ActionDefinition } from '@segment/actions-core'
import { attributesOf } from '../attributes'
import { knownUserEvent } from '../base-event'
import { deliver, deliverBatch } from '../delivery'
import { attributesField, commonFields, CONTEXT_TRAITS, fallbackAttributesField, knownUserFields } from '../fields'
import type { Settings } from '../generated-types'
import { SUBSCRIPTIONS } from '../subscriptions'
import type { LoginEvent } from '../wire-types'
import type { Payload } from './generated-types'

const toEvent = (payload: Payload): LoginEvent => ({
  type: 'login',
  attributes: attributesOf(payload),
  ...knownUserEvent(payload)
})

const action: ActionDefinition<Settings, Payload> = {
  title: 'Track Login',
  description:
    'Tell Tractionboard that a user logged in. The traits become attributes of the user, and what the visitor did before becomes part of the user.',
  defaultSubscription: SUBSCRIPTIONS.login,
  fields: {
    ...knownUserFields,
    attributes: attributesField,
    fallback_attributes: { ...fallbackAttributesField, default: CONTEXT_TRAITS },
    ...commonFields
  },
  perform: (request, { payload }) => deliver(request, toEvent, payload),
  performBatch: (request, { payload }) => deliverBatch(request, toEvent, payload)
}

export default action
