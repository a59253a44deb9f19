import type { DestinationDefinition, SegmentEvent } from '@segment/actions-core'
import tractionboard from '@tractionboard/destination'
import { explainPayload } from '../explain'
import { type Mapping, mappingsOf } from '../router'

const definition = {
  actions: {
    send: {
      title: 'Send',
      description: '',
      fields: {
        id: { label: 'ID', description: '', type: 'string', required: true, default: { '@path': '$.messageId' } },
        total: { label: 'Total', description: '', type: 'number' },
        items: {
          label: 'Items',
          description: '',
          type: 'object',
          properties: { sku: { label: 'SKU', type: 'string' } }
        }
      },
      perform: () => undefined
    }
  }
} as unknown as DestinationDefinition

const call = {
  type: 'track',
  messageId: 'm',
  properties: { total: '5', name: 'Ann', nothing: null, sku: null }
} as unknown as SegmentEvent

const explain = (mapping: unknown) =>
  explainPayload(definition, { partnerAction: 'send', mapping } as Mapping, call).map(
    (field) => [field.field, field] as const
  )
const field = (name: string, directive: unknown) =>
  Object.fromEntries(explain({ id: { '@path': '$.messageId' }, [name]: directive }))[name]

describe('explainPayload', () => {
  it('shows the value that the action gets, converted, and the path that gave it', () => {
    expect(field('total', { '@path': '$.properties.total' })).toEqual({
      field: 'total',
      label: 'Total',
      value: 5,
      from: ['$.properties.total'],
      directive: { '@path': '$.properties.total' },
      isDefault: false
    })
  })

  it('tells a default from a directive that was changed', () => {
    expect(field('id', { '@path': '$.messageId' }).isDefault).toBe(true)
    expect(field('id', { '@path': '$.userId' }).isDefault).toBe(false)
  })

  it('names only the paths of the branch that is taken', () => {
    const directive = {
      '@if': {
        exists: { '@path': '$.userId' },
        then: { '@path': '$.userId' },
        else: { '@template': '{{properties.name}} {{messageId}}' }
      }
    }
    expect(field('id', directive)).toMatchObject({ value: 'Ann m', from: ['$.properties.name', '$.messageId'] })
  })

  it('names the paths that were tried if none gave a value', () => {
    const { value, from, problem } = field('id', { '@path': '$.userId' })
    expect({ value, from }).toEqual({ value: undefined, from: ['$.userId'] })
    expect(problem).toBe("The root value is missing the required field 'id'.")
  })

  it('says why Segment rejects a value', () => {
    expect(field('total', { '@path': '$.properties.name' }).problem).toBe('Total must be a number but it was a string.')
  })

  it('says which directive actions-core refuses, and explains the other fields', () => {
    expect(field('total', { '@nothing': 1 }).problem).toBe('/total has an invalid directive: @nothing.')
    expect(Object.fromEntries(explain({ id: 'x', total: { '@nothing': 1 } })).id.value).toBe('x')
  })

  it('takes out nulls where actions-core does', () => {
    expect(field('total', { '@path': '$.properties.nothing' })).toMatchObject({ value: undefined })
    expect(field('items', { sku: { '@path': '$.properties.sku' } }).value).toEqual({})
  })

  it('gives nothing for an action that the definition does not have', () => {
    expect(explainPayload(definition, { partnerAction: 'other', mapping: {} } as Mapping, call)).toEqual([])
  })

  it('gives the values that Tractionboard gets for a payment', () => {
    const payments = mappingsOf(tractionboard).find(({ partnerAction }) => partnerAction === 'payment') as Mapping
    const event = { ...call, userId: 'u', properties: { revenue: '9.50' } } as SegmentEvent
    const amount = explainPayload(tractionboard, payments, event).find(({ from }) => from[0] === '$.properties.revenue')
    expect(amount).toMatchObject({ field: 'amount', value: '9.50', isDefault: true })
  })
})
