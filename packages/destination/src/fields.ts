import type { InputField } from '@segment/actions-core'
import mapValues from 'lodash/mapValues'
import { LIMITS } from './wire-constants'

const path = (path: string) => ({ '@path': `$.${path}` })

/** The value of the first of these paths that the call has. */
const firstOf = (...[first, ...rest]: string[]): object =>
  rest.length === 0 ? path(first) : { '@if': { exists: path(first), then: path(first), else: firstOf(...rest) } }

const externalUserId: InputField = {
  label: 'External User ID',
  description: "Your own ID of the user, as Tractionboard shows it. This is Segment's userId.",
  type: 'string',
  default: path('userId')
}

/** The IDs, for an event that an anonymous visitor can also cause: one of the two is enough. */
export const identityFields: Record<string, InputField> = {
  external_user_id: externalUserId,
  anonymous_id: {
    label: 'Anonymous ID',
    description:
      'The ID of a visitor who may not have logged in yet. What the visitor did before becomes part of the user who first logs in or signs up with it.',
    type: 'string',
    default: path('anonymousId')
  }
}

/** The IDs, for an event that only a known user can cause. */
export const knownUserFields: Record<string, InputField> = {
  ...identityFields,
  external_user_id: { ...externalUserId, required: true }
}

const pageProperties: Record<string, InputField> = {
  url: { label: 'Page URL', description: 'The full URL of the page.', type: 'string' },
  path: { label: 'Page Path', description: 'The path part of the URL.', type: 'string' },
  title: { label: 'Page Title', description: 'The title of the page.', type: 'string' },
  referrer: { label: 'Page Referrer', description: 'The URL of the page that the visitor came from.', type: 'string' },
  search: { label: 'Page Search', description: 'The query string of the URL.', type: 'string' }
}

const pageField: InputField = {
  label: 'Page',
  description: 'The web page on which it happened.',
  type: 'object',
  properties: pageProperties,
  default: path('context.page')
}

/**
 * The page of a visit. A page call has it in its properties, and in its context as well if a browser sent it.
 *
 * @see https://segment.com/docs/connections/spec/page/#properties
 */
export const visitPageField: InputField = {
  ...pageField,
  description: 'The web page that was visited. A visit to the screen of an app has none.',
  default: mapValues(pageProperties, (_, part) => firstOf(`properties.${part}`, `context.page.${part}`))
}

/** The fields that every action has: the time and the ID of the event, its context, and how it is sent. */
export const commonFields: Record<string, InputField> = {
  occurred_at: {
    label: 'Occurred At',
    description: 'When it happened: an ISO 8601 date or Unix time.',
    type: 'datetime',
    required: true,
    default: path('timestamp')
  },
  message_id: {
    label: 'Message ID',
    description: "A unique ID of the event, so that it is never counted twice. This is Segment's messageId.",
    type: 'string',
    required: true,
    default: path('messageId')
  },
  campaign: {
    label: 'Campaign',
    description:
      'The campaign that brought the visitor, from the UTM parameters. It shows where your customers come from. Other UTM parameters are sent too.',
    type: 'object',
    additionalProperties: true,
    properties: {
      name: { label: 'Campaign Name', description: 'The name of the campaign: utm_campaign.', type: 'string' },
      source: {
        label: 'Campaign Source',
        description: 'Where the visitor came from, such as google: utm_source.',
        type: 'string'
      },
      medium: {
        label: 'Campaign Medium',
        description: 'The marketing medium, such as email or cpc: utm_medium.',
        type: 'string'
      },
      term: { label: 'Campaign Term', description: 'The search term: utm_term.', type: 'string' },
      content: {
        label: 'Campaign Content',
        description: 'Which link or advertisement it was: utm_content.',
        type: 'string'
      }
    },
    default: path('context.campaign')
  },
  page: pageField,
  ip: {
    label: 'IP Address',
    description: "The visitor's IP address.",
    type: 'string',
    default: path('context.ip')
  },
  user_agent: {
    label: 'User Agent',
    description: "The visitor's browser or device, as it names itself.",
    type: 'string',
    default: path('context.userAgent')
  },
  locale: {
    label: 'Locale',
    description: "The visitor's language and region, such as en-US.",
    type: 'string',
    default: path('context.locale')
  },
  enable_batching: {
    label: 'Batch Data to Tractionboard',
    description: 'Send events to Tractionboard in batches rather than one by one.',
    type: 'boolean',
    default: true
  },
  batch_size: {
    label: 'Batch Size',
    description: 'The maximum number of events in a batch.',
    type: 'number',
    minimum: 1,
    maximum: LIMITS.maxEvents,
    default: LIMITS.maxEvents,
    unsafe_hidden: true
  }
}

/** The properties of the call. */
export const propertiesField: InputField = {
  label: 'Properties',
  description: 'All properties of the event, sent under their own names.',
  type: 'object',
  default: path('properties')
}

/** The traits of the call. */
export const attributesField: InputField = {
  label: 'Attributes',
  description:
    'The traits of the user. Each becomes an attribute of the same name, and you can send as many as you want.',
  type: 'object',
  default: path('traits')
}

/** An amount of money and its currency. */
export const moneyFields: Record<string, InputField> = {
  amount: {
    label: 'Amount',
    description:
      'A plain number, or text that is one, in major units: 19.99 is nineteen dollars and ninety-nine cents.',
    // A string, because actions-core would convert wrong values to numbers: see `parseAmount` in values.ts.
    type: 'string',
    required: true,
    default: firstOf('properties.revenue', 'properties.amount', 'properties.total', 'properties.value')
  },
  currency: {
    label: 'Currency',
    description: 'The currency, as an ISO 4217 code such as EUR. Without one, the amount is in US dollars (USD).',
    type: 'string',
    default: path('properties.currency')
  }
}
