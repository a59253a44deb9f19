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
 * A visit to a web page or to a screen of an app.
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
  properties?: Properties
}
/**
 * The company's own id of a user. Segment's userId.
 */
export type ExternalUserId = string
/**
 * The id of a visitor who may not be known yet. Segment's anonymousId. It travels with every event that has one: the
 * visits and attributes of a visitor become those of the user who first logs in or signs up with it.
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
 * An amount of money in major units (19.99 is nineteen dollars and ninety-nine cents). The maximum keeps every cent exact
 * in a JSON number.
 */
export type Amount = number
/**
 * The currency, an ISO 4217 code in upper case.
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
 * A user cancelled. The user's status becomes canceled, and counts in the churn rate.
 */
export type CancelEvent = EventCommon &
  KnownUser & {
    type: 'cancel'
    properties?: Properties
  }
/**
 * A user signed up. Signups compose the UAC (user acquisition cost), so the campaign goes along.
 */
export type SignupEvent = EventCommon &
  KnownUser & {
    type: 'signup'
    properties?: Properties
  }
/**
 * Attributes of a user, or of a visitor who is not known yet.
 */
export type AttributeEvent = EventCommon & {
  type: 'attribute'
  attributes: Attributes
}
/**
 * The user's id changed from `previous_id` to `external_user_id`. What is known of the previous id, an External
 * User ID or an anonymous id, becomes the user's, and the previous id is saved as the user's attribute `previous_id`.
 */
export type AliasEvent = EventCommon &
  KnownUser & {
    type: 'alias'
    /**
     * The id the user had before. Not the same as `external_user_id`.
     */
    previous_id: string
  }
/**
 * Anything else that a user did.
 */
export type CustomWireEvent = EventCommon & {
  type: 'event'
  /**
   * The name of the event, as the company calls it.
   */
  name: string
  properties?: Properties
}
/**
 * What became of one event.
 */
export type EventResult = TakenResult | RejectedResult
/**
 * The event's place in the request, counted from 0.
 */
export type EventIndex = number

/**
 * The events of one request.
 */
export interface EventBatch {
  events: WireEvent[]
}
/**
 * What every event carries.
 */
export interface EventCommon {
  /**
   * Segment's messageId. Together with `type` it makes the event idempotent.
   */
  id: string
  /**
   * When it happened (RFC 3339), from the event and never from a clock on the way.
   */
  occurred_at: string
  external_user_id?: ExternalUserId
  anonymous_id?: AnonymousId
  context?: Context
}
/**
 * The circumstances of the event. Everything here is optional.
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
 * The web page on which it happened.
 */
export interface Page {
  /**
   * The whole address.
   */
  url?: string
  /**
   * The path of the address.
   */
  path?: string
  /**
   * The page's title.
   */
  title?: string
  /**
   * The address the visitor came from.
   */
  referrer?: string
  /**
   * The query string of the address.
   */
  search?: string
}
/**
 * The campaign that brought the visitor, from the UTM parameters. Other parameters go along by their names.
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
 * Whatever else the event says, under its own names.
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
 * Attributes of the user, under their own names. The value of the latest event counts; `null` takes the
 * attribute away.
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
 * Exactly one result an event, in any order. The three counts add up to the number of results.
 */
export interface EventResults {
  /**
   * How many events were new and are counted now.
   */
  accepted: number
  /**
   * How many events had been accepted before.
   */
  duplicates: number
  /**
   * How many events were not taken.
   */
  rejected: number
  results: EventResult[]
}
/**
 * The event is counted, now or since it was accepted before.
 */
export interface TakenResult {
  index: EventIndex
  /**
   * The event's id.
   */
  id: string
  /**
   * Whether it was new, or had been accepted before.
   */
  status: 'accepted' | 'duplicate'
}
/**
 * The event was not taken.
 */
export interface RejectedResult {
  index: EventIndex
  /**
   * The event's id, or null if the event had none that could be read.
   */
  id: string | null
  status: 'rejected'
  error: EventError
}
/**
 * Why an event was not taken.
 */
export interface EventError {
  /**
   * `invalid`: a field is missing, unknown or wrong. `conflict`: the same type and id came before with other
   * content. `too_large`: the event is over 32 KiB. `unavailable`: this event could not be stored just now.
   */
  code: 'invalid' | 'conflict' | 'too_large' | 'unavailable'
  /**
   * The field that is at fault, as a path with dots, or null if it is the event as a whole.
   */
  field: string | null
  /**
   * What is wrong and what to do, for a person. Never repeats the event's values.
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
 * An error as RFC 9457 writes it.
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
   * What is wrong and what to do, for a person.
   */
  detail?: string
  /**
   * The limit that was passed, with status 413.
   */
  limit?: {
    /**
     * What is counted.
     */
    unit: 'bytes' | 'events'
    /**
     * The most that one request may have.
     */
    maximum: number
  }
}
