import type { ActionDefinition } from '@segment/actions-core'
import { knownUserEvent } from '../base-event'
import { deliver, deliverBatch } from '../delivery'
import { attributesField, commonFields, knownUserFields } from '../fields'
import type { Settings } from '../generated-types'
import { SUBSCRIPTIONS } from '../subscriptions'
import type { LoginEvent } from '../wire-types'
import type { Payload } from './generated-types'

const toEvent = (payload: Payload): LoginEvent => ({
  type: 'login',
  attributes: payload.attributes,
  ...knownUserEvent(payload)
})

const action: ActionDefinition<Settings, Payload> = {
  title: 'Login',
  description: 'A user logged in. The traits become attributes of the user.',
  defaultSubscription: SUBSCRIPTIONS.login,
  fields: {
    ...knownUserFields,
    attributes: attributesField,
    ...commonFields
  },
  perform: (request, { payload }) => deliver(request, toEvent, payload),
  performBatch: (request, { payload }) => deliverBatch(request, toEvent, payload)
}

export default action
