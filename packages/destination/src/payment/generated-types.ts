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
   * Your own ID of the user, as Tractionboard shows it. This is Segment's userId.
   */
  external_user_id?: string
  /**
   * The ID of a visitor who may not have logged in yet. What the visitor did before becomes part of the user who first logs in or signs up with it.
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
  occurred_at: string | number
  /**
   * A unique ID of the event, so that it is never counted twice. This is Segment's messageId.
   */
  message_id: string
  /**
   * The campaign that brought the visitor, from the UTM parameters. It shows where your customers come from. Other UTM parameters are sent too.
   */
  campaign?: {
    /**
     * The name of the campaign: utm_campaign.
     */
    name?: string
    /**
     * Where the visitor came from, such as google: utm_source.
     */
    source?: string
    /**
     * The marketing medium, such as email or cpc: utm_medium.
     */
    medium?: string
    /**
     * The search term: utm_term.
     */
    term?: string
    /**
     * Which link or advertisement it was: utm_content.
     */
    content?: string
    [k: string]: unknown
  }
  /**
   * The web page on which it happened.
   */
  page?: {
    /**
     * The full URL of the page.
     */
    url?: string
    /**
     * The path part of the URL.
     */
    path?: string
    /**
     * The title of the page.
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
   * The visitor's IP address.
   */
  ip?: string
  /**
   * The visitor's browser or device, as it names itself.
   */
  user_agent?: string
  /**
   * The visitor's language and region, such as en-US.
   */
  locale?: string
  /**
   * Send events to Tractionboard in batches rather than one by one.
   */
  enable_batching?: boolean
  /**
   * The maximum number of events in a batch.
   */
  batch_size?: number
}
