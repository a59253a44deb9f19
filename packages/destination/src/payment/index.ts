import type { ActionDefinition } from '@segment/actions-core'
import { baseEvent } from '../base-event'
import { deliver, deliverBatch } from '../delivery'
import { commonFields, identityFields, moneyFields, propertiesField } from '../fields'
import type { Settings } from '../generated-types'
import { SUBSCRIPTIONS } from '../subscriptions'
import { fieldError, membersOf, normalizeCurrency, parseAmount } from '../values'
import type { PaymentEvent } from '../wire-types'
import type { Payload } from './generated-types'

function toEvent(payload: Payload): PaymentEvent {
  const amount = parseAmount('amount', payload.amount)
  if (amount < 0) throw fieldError('amount', 'is below zero. Send money given back as a refund.')
  return {
    type: 'payment',
    amount,
    currency: normalizeCurrency(payload.currency),
    properties: membersOf(payload.properties),
    ...baseEvent(payload)
  }
}

const action: ActionDefinition<Settings, Payload> = {
  title: 'Track Payment',
  description: "Tell Tractionboard that a user paid. The amount adds to the user's earnings and to your revenue.",
  defaultSubscription: SUBSCRIPTIONS.payment,
  fields: {
    ...moneyFields,
    ...identityFields,
    properties: propertiesField,
    ...commonFields
  },
  perform: (request, { payload }) => deliver(request, toEvent, payload),
  performBatch: (request, { payload }) => deliverBatch(request, toEvent, payload)
}

export default action
