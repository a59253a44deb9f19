import type { Definition } from '@tractionboard/lint'

/** The least that a definition with everything in it has, without a fault. */
const minimal: Definition = {
  name: 'Minimal',
  slug: 'actions-minimal',
  description: 'A destination.',
  authentication: {
    fields: { apiKey: { label: 'API Key', description: 'Where you find it.', type: 'password' } }
  },
  actions: {
    pay: {
      title: 'Pay',
      description: 'Somebody paid.',
      defaultSubscription: 'type = "track" and event = "Paid"',
      fields: {
        amount: {
          label: 'Amount',
          description: 'How much.',
          type: 'number',
          required: true,
          default: { '@path': '$.properties.revenue' }
        },
        page: {
          label: 'Page',
          description: 'Where.',
          type: 'object',
          properties: { url: { label: 'URL', description: 'Its address.', type: 'string' } },
          default: { url: { '@path': '$.context.page.url' } }
        },
        batch_size: {
          label: 'Batch Size',
          description: 'How many.',
          type: 'number',
          minimum: 1,
          maximum: 100,
          default: 100
        },
        batch_keys: {
          label: 'Batch Keys',
          description: 'What a batch has in common.',
          type: 'string',
          multiple: true,
          default: ['amount']
        }
      }
    },
    greet: {
      title: 'Greet',
      description: 'Somebody came.',
      fields: {
        id: { label: 'ID', description: 'Who.', type: 'string', required: true, default: { '@path': '$.userId' } }
      }
    }
  },
  presets: [
    {
      name: 'Payments',
      type: 'automatic',
      partnerAction: 'pay',
      subscribe: 'type = "track" and event = "Paid"',
      mapping: { amount: { '@path': '$.properties.revenue' } }
    },
    {
      name: 'Audience Entered',
      type: 'specificEvent',
      partnerAction: 'greet',
      eventSlug: 'warehouse_audience_entered_track',
      mapping: { id: { '@path': '$.userId' } }
    }
  ]
}

export default minimal
