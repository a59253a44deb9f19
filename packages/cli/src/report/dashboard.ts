import type { Dashboard } from '@tractionboard/sandbox'
import { amounts, number, percent, section, table } from './text'

/**
 * Shows a person what Tractionboard shows: where customers come from, what they cost, and how much they bring.
 *
 * @returns the text, several lines.
 */
export function describeDashboard(dashboard: Dashboard): string {
  return [
    ...section('What they do', numbers(dashboard)),
    ...section('What they bring, and what they cost', money(dashboard)),
    ...section('Where customers come from', sources(dashboard))
  ].join('\n')
}

function numbers({
  visits,
  logins,
  signups,
  custom_events,
  users,
  visitors,
  customers,
  canceled,
  churn_rate
}: Dashboard) {
  return table(
    [
      ['visits', number(visits), '', 'visitors who are still anonymous', number(visitors)],
      ['logins', number(logins), '', 'users', number(users)],
      ['signups', number(signups), '', 'customers', number(customers)],
      ['custom events', number(custom_events), '', 'canceled', number(canceled)],
      ['', '', '', 'churn rate', percent(churn_rate)]
    ],
    ['left', 'right', 'left', 'left', 'right']
  )
}

function money({ earnings, refunds, revenue, spend, uac }: Dashboard) {
  return table(
    [
      ['earnings (payments)', amounts(earnings)],
      ['refunds', amounts(refunds)],
      ['revenue', amounts(revenue)],
      ['spend', amounts(spend)],
      ['UAC (spend per signup)', amounts(uac)]
    ],
    ['left', 'left']
  )
}

function sources({ sources }: Dashboard) {
  return table(
    [
      ['source', 'people', 'signups', 'customers', 'revenue'],
      ...sources.map(({ name, people, signups, customers, revenue }) => [
        name,
        number(people),
        number(signups),
        number(customers),
        amounts(revenue)
      ])
    ],
    ['left', 'right', 'right', 'right', 'left']
  )
}
