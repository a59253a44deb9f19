import type { ActionDefinition } from '@segment/actions-core'
import { knownUserEvent } from '../base-event'
import { deliver, deliverBatch } from '../delivery'
import { commonFields, knownUserFields, propertiesField } from '../fields'
import type { Settings } from '../generated-types'
import { SUBSCRIPTIONS } from '../subscriptions'
import { membersOf } from '../values'
import type { SignupEvent } from '../wire-types'
import type { Payload } from './generated-types'

const toEvent = (payload: Payload): SignupEvent => ({
  type: 'signup',
  properties: membersOf(payload.properties),
  ...knownUserEvent(payload)
})

const action: ActionDefinition<Settings, Payload> = {
  title: 'Track Signup',
  description:
    'Tell Tractionboard that a user signed up. Signups compose the UAC (user acquisition cost), so the campaign is sent with them.',
  defaultSubscription: SUBSCRIPTIONS.signup,
  fields: {
    ...knownUserFields,
    properties: propertiesField,
    ...commonFields
  },
  perform: (request, { payload }) => deliver(request, toEvent, payload),
  performBatch: (request, { payload }) => deliverBatch(request, toEvent, payload)
}

export default action
