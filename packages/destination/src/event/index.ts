import type { ActionDefinition } from '@segment/actions-core'
import { byAnyone } from '../common'
import { deliver, deliverBatch } from '../delivery'
import { circumstances, properties, someone } from '../fields'
import type { Settings } from '../generated-types'
import { SUBSCRIPTIONS } from '../subscriptions'
import { required } from '../values'
import type { CustomEvent } from '../wire-types'
import type { Payload } from './generated-types'

const toEvent = (payload: Payload): CustomEvent => ({
  type: 'event',
  name: required('name', payload.name),
  properties: payload.properties,
  ...byAnyone(payload)
})

const action: ActionDefinition<Settings, Payload> = {
  title: 'Custom Event',
  description: 'Any other action of a user, sent under the name that you gave it.',
  defaultSubscription: SUBSCRIPTIONS.customEvent,
  fields: {
    name: {
      label: 'Event Name',
      description: 'The name of the event.',
      type: 'string',
      required: true,
      default: { '@path': '$.event' }
    },
    ...someone,
    properties,
    ...circumstances
  },
  perform: (request, { payload }) => deliver(request, toEvent, payload),
  performBatch: (request, { payload }) => deliverBatch(request, toEvent, payload)
}

export default action
