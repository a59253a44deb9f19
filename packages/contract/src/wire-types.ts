// Generated from Tractionboard's wire contract (an OpenAPI document). DO NOT MODIFY IT BY HAND.

/**
 * One event. Its `type` decides which fields it has.
 */
export type WireEvent =
  | VisitEvent
  | LoginEvent
  | PaymentEvent
  | RefundEvent
  | CancelEvent
  | SignupEvent
  | AttributeEvent
  | AliasEvent
  | CustomWireEvent
/**
 * A visitor viewed a web page or a screen of an app.
 */
export type VisitEvent = EventCommon & {
  type: 'visit'
  /**
   * Whether a web page or a screen of an app was visited.
   */
  channel: 'page' | 'screen'
  /**
   * The name of the page or the screen.
   */
  name?: string
  /**
   * The category of the page or the screen.
   */
  category?: string
  properties?: Properties
}
/**
 * The company's own id of the user. Segment's userId.
 */
export type ExternalUserId = string
/**
 * The id of a visitor who may not be a known user yet. Segment's anonymousId. Send it with every event that has one:
 * the visits and attributes of a visitor become those of the user who first logs in or signs up with it.
 */
export type AnonymousId = string
/**
 * A user logged in. The attributes are saved with the user.
 */
export type LoginEvent = EventCommon &
  KnownUser & {
    type: 'login'
    attributes?: Attributes
  }
/**
 * A user paid. Adds to the user's earnings.
 */
export type PaymentEvent = EventCommon &
  Money & {
    type: 'payment'
    properties?: Properties
  }
/**
 * An amount of money in major units: 19.99 is nineteen dollars and ninety-nine cents. Up to the maximum, a JSON
 * number represents every cent exactly.
 */
export type Amount = number
/**
 * The currency: a code of ISO 4217, of today or of the past, in upper case. Codes of other things, such as XAU for
 * gold, are refused.
 */
export type Currency = string
/**
 * A user got money back. Subtracts from the revenue.
 */
export type RefundEvent = EventCommon &
  Money & {
    type: 'refund'
    properties?: Properties
  }
/**
 * A user canceled. The user's status becomes canceled, and counts in the churn rate.
 */
export type CancelEvent = EventCommon &
  KnownUser & {
    type: 'cancel'
    properties?: Properties
  }
/**
 * A user signed up. Signups are part of the UAC (user acquisition cost) metric, so send the campaign with them.
 */
export type SignupEvent = EventCommon &
  KnownUser & {
    type: 'signup'
    properties?: Properties
  }
/**
 * Attributes of a user, or of a visitor who is not a known user yet.
 */
export type AttributeEvent = EventCommon & {
  type: 'attribute'
  attributes: Attributes
}
/**
 * The user's id changed from `previous_id` to `external_user_id`. The events of the previous id, an External User ID
 * or an anonymous id, become the user's, and the previous id is saved as the user's attribute `previous_id`.
 */
export type AliasEvent = EventCommon &
  KnownUser & {
    type: 'alias'
    /**
     * The id that the user had before. Must differ from `external_user_id`.
     */
    previous_id: string
  }
/**
 * A custom event.
 */
export type CustomWireEvent = EventCommon & {
  type: 'event'
  /**
   * The company's own name of the event.
   */
  name: string
  properties?: Properties
}
/**
 * The result of one event.
 */
export type EventResult = TakenResult | RejectedResult
/**
 * The event's position in the request, counted from 0.
 */
export type EventIndex = number
/**
 * Whom to erase, by the ids that the events carry.
 */
export type Erasure = {
  external_user_id?: ExternalUserId
  anonymous_id?: AnonymousId
}

/**
 * The events of one request.
 */
export interface EventBatch {
  events: WireEvent[]
}
/**
 * The fields of every event.
 */
export interface EventCommon {
  /**
   * Segment's messageId. Together with `type` it identifies the event.
   */
  id: string
  /**
   * When the event happened, as RFC 3339 writes it, with at most nine digits after the decimal point, and in UTC
   * in the years 0000 to 9999. Comes from the event itself, never from the time of sending.
   */
  occurred_at: string
  external_user_id?: ExternalUserId
  anonymous_id?: AnonymousId
  context?: Context
}
/**
 * Where the event happened. Every field is optional.
 */
export interface Context {
  /**
   * The visitor's IP address.
   */
  ip?: string
  /**
   * The visitor's browser or device.
   */
  user_agent?: string
  /**
   * The visitor's language and region, such as en-US.
   */
  locale?: string
  page?: Page
  campaign?: Campaign
}
/**
 * The web page on which the event happened.
 */
export interface Page {
  /**
   * The full URL.
   */
  url?: string
  /**
   * The path of the URL.
   */
  path?: string
  /**
   * The page's title.
   */
  title?: string
  /**
   * The URL of the page that the visitor came from.
   */
  referrer?: string
  /**
   * The query string of the URL.
   */
  search?: string
}
/**
 * The campaign that brought the visitor, from the UTM parameters. Other parameters keep their names.
 */
export interface Campaign {
  /**
   * utm_campaign
   */
  name?: string
  /**
   * utm_source
   */
  source?: string
  /**
   * utm_medium
   */
  medium?: string
  /**
   * utm_term
   */
  term?: string
  /**
   * utm_content
   */
  content?: string
  [k: string]: unknown
}
/**
 * The event's other properties, under their own names.
 */
export interface Properties {
  [k: string]: unknown
}
/**
 * The event is about a known user.
 */
export interface KnownUser {
  external_user_id: ExternalUserId
}
/**
 * Attributes of the user, under their own names. The latest event sets the value; `null` removes the attribute.
 * An attribute `group` that is an object with an `id` is the user's group. If its `id` is null or blank, it changes
 * nothing. If it has no `traits` (absent, null or empty), it changes nothing if the user's `group` has the same `id`;
 * else the group becomes this `id` alone.
 */
export interface Attributes {
  [k: string]: unknown
}
/**
 * An amount in a currency.
 */
export interface Money {
  amount: Amount
  currency: Currency
}
/**
 * Exactly one result for each event, in any order. The three counts add up to the number of results.
 */
export interface EventResults {
  /**
   * How many events were new and are stored now.
   */
  accepted: number
  /**
   * How many events had been accepted before.
   */
  duplicates: number
  /**
   * How many events were not stored.
   */
  rejected: number
  results: EventResult[]
}
/**
 * The event is stored.
 */
export interface TakenResult {
  index: EventIndex
  /**
   * The event's id.
   */
  id: string
  /**
   * Whether the event was new, or had been accepted before.
   */
  status: 'accepted' | 'duplicate'
}
/**
 * The event was not stored.
 */
export interface RejectedResult {
  index: EventIndex
  /**
   * The event's id, or null if the event has no id that is a string.
   */
  id: string | null
  status: 'rejected'
  error: EventError
}
/**
 * Why an event was not stored.
 */
export interface EventError {
  /**
   * `invalid`: a field is missing, unknown or invalid. `conflict`: the same type and id was accepted before with other
   * content. `too_large`: the event is over 32 KiB. `unavailable`: this event could not be stored just now.
   */
  code: 'invalid' | 'conflict' | 'too_large' | 'unavailable'
  /**
   * The field at fault, as a path with dots, or null if it is the event as a whole.
   */
  field: string | null
  /**
   * What is wrong and what to do, for people. Never repeats the event's values, but for a currency of three letters
   * that is not known.
   */
  message: string
  /**
   * Whether the same event may be accepted later.
   */
  retryable: boolean
}
/**
 * The state of a Token ID.
 */
export interface Token {
  valid: true
}
/**
 * An error in the format of RFC 9457.
 */
export interface Problem {
  /**
   * What kind of problem it is.
   */
  type?: string
  /**
   * The problem in a few words.
   */
  title: string
  /**
   * The HTTP status.
   */
  status: number
  /**
   * What is wrong and what to do, for people.
   */
  detail?: string
  /**
   * The limit that the request exceeds, with status 413.
   */
  limit?: {
    /**
     * What is counted.
     */
    unit: 'bytes' | 'events'
    /**
     * The maximum of one request.
     */
    maximum: number
  }
}
