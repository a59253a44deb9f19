import type { ActionDefinition } from '@segment/actions-core'
import { knownUserEvent } from '../base-event'
import { deliver, deliverBatch } from '../delivery'
import { commonFields, ID_RULES, knownUserFields } from '../fields'
import type { Settings } from '../generated-types'
import { SUBSCRIPTIONS } from '../subscriptions'
import { fieldError, requirePersonId } from '../values'
import type { AliasEvent } from '../wire-types'
import type { Payload } from './generated-types'

function toEvent(payload: Payload): AliasEvent {
  const event = knownUserEvent(payload)
  const previous_id = requirePersonId('previous_id', 'previousId', payload.previous_id)
  if (previous_id === event.external_user_id) {
    throw fieldError('previous_id', 'is the same as external_user_id. An alias needs two different IDs.')
  }
  return { type: 'alias', previous_id, ...event }
}

const action: ActionDefinition<Settings, Payload> = {
  title: 'Change User ID',
  description: 'Tell Tractionboard that the ID of a user changed. The old ID is saved as an attribute of the new one.',
  defaultSubscription: SUBSCRIPTIONS.alias,
  fields: {
    previous_id: {
      label: 'Previous ID',
      description: `The ID that the user had before: an External User ID or an Anonymous ID. ${ID_RULES}`,
      type: 'string',
      required: true,
      default: { '@path': '$.previousId' }
    },
    ...knownUserFields,
    ...commonFields
  },
  perform: (request, { payload }) => deliver(request, toEvent, payload),
  performBatch: (request, { payload }) => deliverBatch(request, toEvent, payload)
}

export default action
