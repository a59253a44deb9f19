/** For each action, the preset that it is measured with. */
export const PRESET_OF_ACTION: Record<string, string> = {
  visit: 'Page Visits',
  login: 'Logins',
  payment: 'Payments',
  refund: 'Refunds',
  cancel: 'Cancellations',
  signup: 'Signups',
  attribute: 'Groups',
  alias: 'Aliases',
  event: 'Custom Events'
}
