/** The names of track calls that mean more to Tractionboard than a custom event. */
const PAYMENT = 'Payment Made'
const REFUND = 'Refund Received'
const CANCEL = 'cancel'
const SIGNUP = 'signup'

const track = (event: string) => `type = "track" and event = "${event}"`

const MADE_BY_ENGAGE = 'context.personas.computation_key != null'
const NOT_MADE_BY_ENGAGE = 'context.personas.computation_key = null'

/**
 * Which calls become what, as FQL. No call is in two of them: a track call with one of the four names is no custom
 * event, and an identify call is made by Engage, or a login, or of somebody who has not logged in yet.
 *
 * FQL has traps that make no error: a condition on anonymousId or groupId is dropped, and so is the difference between
 * `and` and `or` without parentheses.
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
