/** The names of track calls that mean more to Tractionboard than a custom event. */
const PAYMENT = 'Payment Made'
const REFUND = 'Refund Received'
const CANCEL = 'cancel'
const SIGNUP = 'signup'

const track = (event: string) => `type = "track" and event = "${event}"`

const MADE_BY_ENGAGE = 'context.personas.computation_key != null'
const NOT_MADE_BY_ENGAGE = 'context.personas.computation_key = null'

/**
 * Which calls each preset takes, as FQL. No call matches two of them: a track call with one of the four names above is not
 * a custom event, and an identify call is made by Engage, or logs a user in, or is of an anonymous visitor.
 *
 * Two mistakes in FQL cause no error. A condition on anonymousId or groupId is dropped. Where `and` and `or` are mixed
 * without parentheses, the last of them applies to all conditions.
 *
 * @see https://segment.com/docs/api/public-api/fql/
 */
export const SUBSCRIPTIONS = {
  page: 'type = "page"',
  screen: 'type = "screen"',
  login: `type = "identify" and userId != null and ${NOT_MADE_BY_ENGAGE}`,
  anonymousTraits: `type = "identify" and userId = null and ${NOT_MADE_BY_ENGAGE}`,
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
