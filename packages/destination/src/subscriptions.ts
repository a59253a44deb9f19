/**
 * The names of track calls that mean more to Tractionboard than a custom event.
 *
 * @see https://segment.com/docs/connections/destinations/catalog/tractionboard/#track
 */
const PAYMENT = 'Payment Made'
const REFUND = 'Refund Received'
const CANCEL = 'cancel'
const SIGNUP = 'signup'

const track = (event: string) => `type = "track" and event = "${event}"`

/**
 * The first is in what Engage sends for an audience or a computed trait, the second in what it sends for a linked audience.
 *
 * @see https://segment.com/docs/engage/using-engage-data/
 * @see https://segment.com/docs/engage/audiences/linked-audiences/
 */
const ENGAGE_MARKS = ['context.personas.computation_key', 'context.personas.event_emitter_id']
const MADE_BY_ENGAGE = `(${ENGAGE_MARKS.map((mark) => `${mark} != null`).join(' or ')})`
const NOT_MADE_BY_ENGAGE = ENGAGE_MARKS.map((mark) => `${mark} = null`).join(' and ')

/**
 * Which calls each preset takes, as FQL. No call matches two of them: a track call with one of the four names above is not
 * a custom event, and an identify call is made by Engage, or logs a user in, or is of an anonymous visitor.
 *
 * Two mistakes in FQL cause no error. A condition on anonymousId or groupId is dropped. Where `and` and `or` are mixed
 * without parentheses, the last of them applies to all conditions. FQL cannot see that a userId is blank or a
 * placeholder: such an identify call reaches the login action, which refuses it.
 *
 * @see https://segment.com/docs/api/public-api/fql/
 */
export const SUBSCRIPTIONS = {
  page: 'type = "page"',
  screen: 'type = "screen"',
  login: `type = "identify" and userId != null and userId != "" and ${NOT_MADE_BY_ENGAGE}`,
  anonymousTraits: `type = "identify" and (userId = null or userId = "") and ${NOT_MADE_BY_ENGAGE}`,
  engage: `type = "identify" and ${MADE_BY_ENGAGE}`,
  payment: track(PAYMENT),
  refund: track(REFUND),
  cancel: track(CANCEL),
  signup: track(SIGNUP),
  customEvent: ['type = "track"', ...[PAYMENT, REFUND, CANCEL, SIGNUP].map((name) => `event != "${name}"`)].join(
    ' and '
  ),
  group: `type = "group" and ${NOT_MADE_BY_ENGAGE}`,
  engageGroup: `type = "group" and ${MADE_BY_ENGAGE}`,
  alias: 'type = "alias"'
}
