import type { ActionDefinition } from '@segment/actions-core'
import { knownUserEvent } from '../base-event'
import { deliver, deliverBatch } from '../delivery'
import { commonFields, knownUserFields, propertiesField } from '../fields'
import type { Settings } from '../generated-types'
import { SUBSCRIPTIONS } from '../subscriptions'
import { membersOf } from '../values'
import type { CancelEvent } from '../wire-types'
import type { Payload } from './generated-types'

const toEvent = (payload: Payload): CancelEvent => ({
  type: 'cancel',
  properties: membersOf(payload.properties),
  ...knownUserEvent(payload)
})

const action: ActionDefinition<Settings, Payload> = {
  title: 'Track Cancellation',
  description:
    "Tell Tractionboard that a user canceled. The user's status becomes canceled, and the user counts in the churn rate.",
  defaultSubscription: SUBSCRIPTIONS.cancel,
  fields: {
    ...knownUserFields,
    properties: propertiesField,
    ...commonFields
  },
  perform: (request, { payload }) => deliver(request, toEvent, payload),
  performBatch: (request, { payload }) => deliverBatch(request, toEvent, payload)
}

export default action
