import type { InputField } from '@segment/actions-core'
import { PLACEHOLDER_IDS } from './values'
import { LIMITS } from './wire-constants'

const pathOf = (path: string) => ({ '@path': `$.${path}` })

/**
 * The default of a text field that is left out where the call has no text, number or boolean. With a path alone,
 * actions-core would discard the whole event, a payment included, because a list or an object is no text. A replacement
 * of a character by itself changes no text, and gives an empty one for everything else. The character is a rare one,
 * because a text that has it is made anew.
 *
 * @param path where the text is in the call.
 * @returns the mapping.
 * @see https://github.com/segmentio/action-destinations/blob/main/packages/core/src/mapping-kit/README.md
 * @example textAt('anonymousId')
 */
export const textAt = (path: string) => ({
  '@replace': { pattern: '~', replacement: '~', ignorecase: false, global: false, value: pathOf(path) }
})

/**
 * The default of an object field that is left out where the call has no object: `membersOf` (see values.ts) takes the
 * value. With a path alone, actions-core would discard the whole event.
 *
 * @param path where the object is in the call.
 * @returns the mapping. A merge of one value is an object in any case.
 * @see https://github.com/segmentio/action-destinations/blob/main/packages/core/src/mapping-kit/README.md
 * @example objectAt('properties')
 */
export const objectAt = (path: string) => ({ '@merge': { direction: 'right', objects: [pathOf(path)] } })

/** The value of the first of these paths that the call has. */
const firstOf = (...[first, ...rest]: string[]): object =>
  rest.length === 0 ? pathOf(first) : { '@if': { exists: pathOf(first), then: pathOf(first), else: firstOf(...rest) } }

const placeholders = PLACEHOLDER_IDS.join(', ')

/** What every field for the ID of a person says. */
export const ID_RULES = `Spaces around it are ignored. These placeholders count as no ID, in any case: ${placeholders}.`

const externalUserId: InputField = {
  label: 'External User ID',
  description: `Your own ID for the user, as Tractionboard shows it. This is Segment's userId. ${ID_RULES}`,
  type: 'string'
}

const anonymousId: InputField = {
  label: 'Anonymous ID',
  description: `The ID of a visitor who may not have logged in yet. What the visitor did before becomes part of the user who first logs in or signs up with it. ${ID_RULES}`,
  type: 'string',
  default: textAt('anonymousId')
}

/**
 * The IDs, for an event that an anonymous visitor can also cause: one of the two is enough, which `baseEvent` checks. A
 * condition in `required` would not do: its message is `must match "then" schema`, and in a batch two blank IDs pass it.
 *
 * @see https://segment.com/docs/connections/spec/identify/#identities
 */
export const identityFields: Record<string, InputField> = {
  external_user_id: { ...externalUserId, default: textAt('userId') },
  anonymous_id: anonymousId
}

/**
 * The IDs, for an event that only a known user can cause.
 *
 * @see https://segment.com/docs/connections/destinations/catalog/tractionboard/#track
 */
export const knownUserFields: Record<string, InputField> = {
  external_user_id: { ...externalUserId, required: true, default: pathOf('userId') },
  anonymous_id: anonymousId
}

const pageField: InputField = {
  label: 'Page',
  description:
    'The web page on which it happened: its url, path, title, referrer and search (the query string). Without it, the page of the context is taken.',
  type: 'object'
}

/**
 * The page of a visit.
 *
 * @see https://segment.com/docs/connections/spec/page/#properties
 */
export const visitPageField: InputField = {
  ...pageField,
  description: `${pageField.description} Missing parts are taken from the properties. A visit to a screen of an app has no page.`
}

/**
 * Segment groups events by the size of what the fields hold. The request has the names of the wire's fields besides, so
 * a quarter of what one request may have is left for them.
 */
const BATCH_BYTES = (LIMITS.maxRequestBytes * 3) / 4

/**
 * The fields that every action has: the time and the ID of the event, its context, and how it is sent. The parts of the
 * context, the campaign and the page have no types: actions-core would discard the whole event if one of them is no text.
 *
 * The context is one field, because a mapping for each of its parts would cost a sixth of the time of an event.
 *
 * @see https://segment.com/docs/connections/spec/common/
 */
export const commonFields: Record<string, InputField> = {
  occurred_at: {
    label: 'Occurred At',
    description: 'When it happened: an ISO 8601 date or Unix time.',
    // A string, because actions-core would parse the date as well, and takes "foo 1" for one: see `parseTimestamp`.
    type: 'string',
    required: true,
    // Segment computes the timestamp from the originalTimestamp. Calls from elsewhere may have that alone:
    // https://segment.com/docs/connections/spec/common/#timestamps
    default: {
      '@if': { blank: pathOf('timestamp'), then: pathOf('timestamp'), else: pathOf('originalTimestamp') }
    }
  },
  message_id: {
    label: 'Message ID',
    description: "A unique ID of the event, so that it is never counted twice. This is Segment's messageId.",
    type: 'string',
    required: true,
    default: pathOf('messageId')
  },
  context: {
    label: 'Context',
    description:
      'Where it happened. These parts of it are sent: the IP address (ip), the browser or device as it names itself (userAgent), the language and region, such as en-US (locale), the page, and the campaign. To leave out one of them, map the others one by one.',
    type: 'object',
    default: objectAt('context')
  },
  campaign: {
    label: 'Campaign',
    description:
      'The campaign that brought the visitor, from the UTM parameters: source, medium, name, term and content. It shows where your customers come from. Other UTM parameters are sent too. Without it, the campaign of the context is taken.',
    type: 'object'
  },
  page: pageField,
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
  },
  batch_bytes: {
    label: 'Batch Bytes',
    description: 'The maximum size of a batch in bytes.',
    type: 'number',
    default: BATCH_BYTES,
    unsafe_hidden: true
  }
}

/** The properties of the call. */
export const propertiesField: InputField = {
  label: 'Properties',
  description: 'All properties of the event, sent under their own names.',
  type: 'object',
  default: objectAt('properties')
}

/** The traits of the call. */
export const attributesField: InputField = {
  label: 'Attributes',
  description:
    'The traits of the user. Each becomes an attribute of the same name, and you can send as many as you want.',
  type: 'object',
  default: objectAt('traits')
}

/**
 * Where some libraries, such as RudderStack's, put the traits of an identify call.
 *
 * @see https://www.rudderstack.com/docs/event-spec/standard-events/identify/
 */
export const CONTEXT_TRAITS = objectAt('context.traits')

/** The attributes of a call that has none in the usual place. */
export const fallbackAttributesField: InputField = {
  label: 'Fallback Attributes',
  description: 'Used if Attributes is empty. Some libraries put the traits of an Identify call into its context.',
  type: 'object'
}

/**
 * An amount of money and its currency. `revenue`, `value` and `currency` are Segment's names for them in any track call,
 * and `total` is that of an order. `amount` is this project's own addition.
 *
 * @see https://segment.com/docs/connections/spec/track/#properties
 * @see https://segment.com/docs/connections/spec/ecommerce/v2/#order-completed
 */
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
    default: pathOf('properties.currency')
  }
}
