import type { ActionDefinition } from '@segment/actions-core'
import { baseEvent } from '../base-event'
import { deliver, deliverBatch } from '../delivery'
import { commonFields, identityFields, propertiesField, visitPageField } from '../fields'
import type { Settings } from '../generated-types'
import { SUBSCRIPTIONS } from '../subscriptions'
import { nonBlank } from '../values'
import type { VisitEvent } from '../wire-types'
import type { Payload } from './generated-types'

const toEvent = (payload: Payload): VisitEvent => ({
  type: 'visit',
  channel: payload.channel as VisitEvent['channel'],
  name: nonBlank(payload.name),
  properties: payload.properties,
  ...baseEvent(payload)
})

const action: ActionDefinition<Settings, Payload> = {
  title: 'Visit',
  description: 'A visit to a page of your website or to a screen of your app, by a visitor or a known user.',
  defaultSubscription: SUBSCRIPTIONS.page,
  fields: {
    channel: {
      label: 'Channel',
      description: 'Whether a page of a website or a screen of an app was visited.',
      type: 'string',
      required: true,
      choices: [
        { label: 'Page', value: 'page' },
        { label: 'Screen', value: 'screen' }
      ],
      default: { '@path': '$.type' }
    },
    name: {
      label: 'Name',
      description: 'The name of the page or the screen.',
      type: 'string',
      default: { '@path': '$.name' }
    },
    ...identityFields,
    properties: propertiesField,
    ...commonFields,
    page: visitPageField
  },
  perform: (request, { payload }) => deliver(request, toEvent, payload),
  performBatch: (request, { payload }) => deliverBatch(request, toEvent, payload)
}

export default action
