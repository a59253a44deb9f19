// Generated file. DO NOT MODIFY IT BY HAND.

export interface Payload {
  /**
   * A plain number, or text that is one, in major units: 19.99 is nineteen dollars and ninety-nine cents.
   */
  amount: string
  /**
   * The currency, as an ISO 4217 code such as EUR. Without one, the amount is in US dollars (USD).
   */
  currency?: string
  /**
   * Your own ID for the user, as Tractionboard shows it. This is Segment's userId. Spaces around it are ignored. These placeholders count as no ID, in any case: null, undefined, None, NaN, true, false, [object Object], 00000000-0000-0000-0000-000000000000.
   */
  external_user_id?: string
  /**
   * The ID of a visitor who may not have logged in yet. What the visitor did before becomes part of the user who first logs in or signs up with it. Spaces around it are ignored. These placeholders count as no ID, in any case: null, undefined, None, NaN, true, false, [object Object], 00000000-0000-0000-0000-000000000000.
   */
  anonymous_id?: string
  /**
   * All properties of the event, sent under their own names.
   */
  properties?: {
    [k: string]: unknown
  }
  /**
   * When it happened: an ISO 8601 date or Unix time.
   */
  occurred_at: string
  /**
   * A unique ID of the event, so that it is never counted twice. This is Segment's messageId.
   */
  message_id: string
  /**
   * Where it happened. These parts of it are sent: the IP address (ip), the browser or device as it names itself (userAgent), the language and region, such as en-US (locale), the page, and the campaign. To leave out one of them, map the others one by one.
   */
  context?: {
    [k: string]: unknown
  }
  /**
   * The campaign that brought the visitor, from the UTM parameters: source, medium, name, term and content. It shows where your customers come from. Other UTM parameters are sent too. Without it, the campaign of the context is taken.
   */
  campaign?: {
    [k: string]: unknown
  }
  /**
   * The web page on which it happened: its url, path, title, referrer and search (the query string). Without it, the page of the context is taken.
   */
  page?: {
    [k: string]: unknown
  }
  /**
   * Send events to Tractionboard in batches rather than one by one.
   */
  enable_batching?: boolean
  /**
   * The maximum number of events in a batch.
   */
  batch_size?: number
  /**
   * The maximum size of a batch in bytes.
   */
  batch_bytes?: number
}
