import type { ActionDefinition } from '@segment/actions-core'
import { byAnyone } from '../common'
import { deliver, deliverBatch } from '../delivery'
import { amountAndCurrency, circumstances, properties, someone } from '../fields'
import type { Settings } from '../generated-types'
import { SUBSCRIPTIONS } from '../subscriptions'
import { currency, invalid, money } from '../values'
import type { PaymentEvent } from '../wire-types'
import type { Payload } from './generated-types'

function toEvent(payload: Payload): PaymentEvent {
  const amount = money('amount', payload.amount)
  if (amount < 0) throw invalid('amount', 'is below zero. Send money given back as a refund.')
  return {
    type: 'payment',
    amount,
    currency: currency(payload.currency),
    properties: payload.properties,
    ...byAnyone(payload)
  }
}

const action: ActionDefinition<Settings, Payload> = {
  title: 'Payment',
  description: "A user paid. The amount adds to the user's earnings.",
  defaultSubscription: SUBSCRIPTIONS.payment,
  fields: {
    ...amountAndCurrency,
    ...someone,
    properties,
    ...circumstances
  },
  perform: (request, { payload }) => deliver(request, toEvent, payload),
  performBatch: (request, { payload }) => deliverBatch(request, toEvent, payload)
}

export default action
