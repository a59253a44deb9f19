import type { ActionDefinition } from '@segment/actions-core'
import { byKnownUser } from '../common'
import { deliver, deliverBatch } from '../delivery'
import { attributes, circumstances, knownUser } from '../fields'
import type { Settings } from '../generated-types'
import { SUBSCRIPTIONS } from '../subscriptions'
import type { LoginEvent } from '../wire-types'
import type { Payload } from './generated-types'

const toEvent = (payload: Payload): LoginEvent => ({
  type: 'login',
  attributes: payload.attributes,
  ...byKnownUser(payload)
})

const action: ActionDefinition<Settings, Payload> = {
  title: 'Login',
  description: 'A user logged in. The traits become attributes of the user.',
  defaultSubscription: SUBSCRIPTIONS.login,
  fields: {
    ...knownUser,
    attributes,
    ...circumstances
  },
  perform: (request, { payload }) => deliver(request, toEvent, payload),
  performBatch: (request, { payload }) => deliverBatch(request, toEvent, payload)
}

export default action
