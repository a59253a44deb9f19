import type { ActionDefinition } from '@segment/actions-core'
import { baseEvent } from '../base-event'
import { deliver, deliverBatch } from '../delivery'
import { commonFields, identityFields, moneyFields, propertiesField } from '../fields'
import type { Settings } from '../generated-types'
import { SUBSCRIPTIONS } from '../subscriptions'
import { membersOf, normalizeCurrency, parseAmount } from '../values'
import type { RefundEvent } from '../wire-types'
import type { Payload } from './generated-types'

const toEvent = (payload: Payload): RefundEvent => ({
  type: 'refund',
  // Some write money given back as a negative amount: it is the same refund.
  amount: Math.abs(parseAmount('amount', payload.amount)),
  currency: normalizeCurrency(payload.currency),
  properties: membersOf(payload.properties),
  ...baseEvent(payload)
})

const action: ActionDefinition<Settings, Payload> = {
  title: 'Track Refund',
  description:
    'Tell Tractionboard that money was returned to a user. The amount is subtracted from your revenue, whether it is written as 5 or -5.',
  defaultSubscription: SUBSCRIPTIONS.refund,
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
