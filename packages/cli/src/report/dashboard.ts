import type { Dashboard } from '@tractionboard/sandbox'
import { formatNumber } from '../text'
import { formatAmounts, formatPercent, section, textTable } from './layout'

/** The dashboard for a terminal, on several lines. */
export function describeDashboard(dashboard: Dashboard): string {
  return [
    ...section('Activity', activity(dashboard)),
    ...section('Revenue and acquisition cost', money(dashboard)),
    ...section('Where customers come from', sources(dashboard))
  ].join('\n')
}

function activity(dashboard: Dashboard): string[] {
  const { visits, logins, signups, custom_events, users, visitors, customers, canceled, churn_rate } = dashboard
  return textTable(
    [
      ['visits', formatNumber(visits), '', 'anonymous visitors', formatNumber(visitors)],
      ['logins', formatNumber(logins), '', 'users', formatNumber(users)],
      ['signups', formatNumber(signups), '', 'customers', formatNumber(customers)],
      ['custom events', formatNumber(custom_events), '', 'canceled', formatNumber(canceled)],
      ['', '', '', 'churn rate', formatPercent(churn_rate)]
    ],
    ['left', 'right', 'left', 'left', 'right']
  )
}

const money = ({ earnings, refunds, revenue, spend, uac }: Dashboard): string[] =>
  textTable(
    [
      ['earnings (payments)', formatAmounts(earnings)],
      ['refunds', formatAmounts(refunds)],
      ['revenue', formatAmounts(revenue)],
      ['spend', formatAmounts(spend)],
      ['UAC (spend per signup)', formatAmounts(uac)]
    ],
    ['left', 'left']
  )

const sources = ({ sources }: Dashboard): string[] =>
  textTable(
    [
      ['source', 'people', 'signups', 'customers', 'revenue'],
      ...sources.map(({ name, people, signups, customers, revenue }) => [
        name,
        formatNumber(people),
        formatNumber(signups),
        formatNumber(customers),
        formatAmounts(revenue)
      ])
    ],
    ['left', 'right', 'right', 'right', 'left']
  )
