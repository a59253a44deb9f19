import type { Definition } from '@tractionboard/lint'

/** A small valid definition with every part that a definition can have. */
const minimal: Definition = {
  name: 'Minimal',
  slug: 'actions-minimal',
  description: 'A destination.',
  authentication: {
    fields: { apiKey: { label: 'API Key', description: 'Your API key.', type: 'password' } }
  },
  actions: {
    pay: {
      title: 'Pay',
      description: 'A payment.',
      defaultSubscription: 'type = "track" and event = "Paid"',
      fields: {
        amount: {
          label: 'Amount',
          description: 'The amount.',
          type: 'number',
          required: true,
          default: { '@path': '$.properties.revenue' }
        },
        page: {
          label: 'Page',
          description: 'The page.',
          type: 'object',
          properties: { url: { label: 'URL', description: 'The URL.', type: 'string' } },
          default: { url: { '@path': '$.context.page.url' } }
        },
        batch_size: {
          label: 'Batch Size',
          description: 'The size of a batch.',
          type: 'number',
          minimum: 1,
          maximum: 100,
          default: 100
        },
        batch_keys: {
          label: 'Batch Keys',
          description: 'The fields that are equal within a batch.',
          type: 'string',
          multiple: true,
          default: ['amount']
        }
      }
    },
    greet: {
      title: 'Greet',
      description: 'A greeting.',
      fields: {
        id: { label: 'ID', description: 'The id.', type: 'string', required: true, default: { '@path': '$.userId' } }
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
