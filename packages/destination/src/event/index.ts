import type { ActionDefinition } from '@segment/actions-core'
import { baseEvent } from '../base-event'
import { deliver, deliverBatch } from '../delivery'
import { commonFields, identityFields, propertiesField } from '../fields'
import type { Settings } from '../generated-types'
import { SUBSCRIPTIONS } from '../subscriptions'
import { membersOf, requireString } from '../values'
import type { CustomWireEvent } from '../wire-types'
import type { Payload } from './generated-types'

const toEvent = (payload: Payload): CustomWireEvent => ({
  type: 'event',
  name: requireString('name', payload.name),
  properties: membersOf(payload.properties),
  ...baseEvent(payload)
})

const action: ActionDefinition<Settings, Payload> = {
  title: 'Track Custom Event',
  description:
    'Send any other action of a user, under the name that you gave it, to see it among the activity of your users.',
  defaultSubscription: SUBSCRIPTIONS.customEvent,
  fields: {
    name: {
      label: 'Event Name',
      description: 'The name of the event.',
      type: 'string',
      required: true,
      default: { '@path': '$.event' }
    },
    ...identityFields,
    properties: propertiesField,
    ...commonFields
  },
  perform: (request, { payload }) => deliver(request, toEvent, payload),
  performBatch: (request, { payload }) => deliverBatch(request, toEvent, payload)
}

export default action
