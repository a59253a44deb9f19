import type { AcquisitionCost, Dashboard } from '@tractionboard/sandbox'
import { formatNumber } from '../text'
import { amountLines, type Cell, formatPercent, section, textTable } from './layout'

/** How many sources, and how many of the latest months, are listed. */
const MAX_ROWS = 24

/** The dashboard: lines for a terminal. */
export function describeDashboard(dashboard: Dashboard): string[] {
  return [
    ...section('Activity', activity(dashboard)),
    ...section('Customers', customers(dashboard)),
    ...section('Revenue and acquisition cost', money(dashboard)),
    ...optionalSection('Where customers come from', sources(dashboard)),
    ...optionalSection('Acquisition cost by source', costBySource(dashboard)),
    ...optionalSection('Churn by month (UTC)', churnByMonth(dashboard)),
    ...optionalSection('Acquisition cost by month (UTC)', costByMonth(dashboard))
  ]
}

const optionalSection = (heading: string, lines: string[]): string[] =>
  lines.length > 0 ? section(heading, lines) : []

const activity = ({ visits, logins, signups, custom_events, users, visitors }: Dashboard): string[] =>
  textTable(
    [
      ['visits', formatNumber(visits), '', 'anonymous visitors', formatNumber(visitors)],
      ['logins', formatNumber(logins), '', 'users', formatNumber(users)],
      ['custom events', formatNumber(custom_events), '', 'signups', formatNumber(signups)]
    ],
    ['left', 'right', 'left', 'left', 'right']
  )

function customers(dashboard: Dashboard): string[] {
  const { people_signed_up, customers, canceled, canceled_share, churn_month, churn_rate } = dashboard
  return textTable(
    [
      ['people who signed up', formatNumber(people_signed_up)],
      ['customers', formatNumber(customers)],
      ['canceled now', formatNumber(canceled)],
      ['canceled share', formatPercent(canceled_share, 'no customers')],
      [
        churn_month === null ? 'churn rate' : `churn rate of ${churn_month}`,
        formatPercent(churn_rate, churn_month === null ? 'no events' : 'nobody was active')
      ]
    ],
    ['left', 'left']
  )
}

const money = ({ earnings, refunds, revenue, spend, uac }: Dashboard): string[] =>
  textTable(
    [
      ['earnings (payments)', amountLines(earnings)],
      ['refunds', amountLines(refunds)],
      ['revenue', amountLines(revenue)],
      ['spend', amountLines(spend)],
      ['UAC (spend per person who signed up)', amountLines(uac, 'nobody signed up')]
    ],
    ['left', 'left']
  )

const sources = ({ sources }: Dashboard): string[] =>
  listTable(
    ['source', 'people', ['signed', 'up'], 'customers', 'revenue'],
    sources
      .slice(0, MAX_ROWS)
      .map(({ name, people, people_signed_up, customers, revenue }) => [
        name,
        formatNumber(people),
        formatNumber(people_signed_up),
        formatNumber(customers),
        amountLines(revenue)
      ]),
    restLine(sources, 'more')
  )

const costBySource = ({ uac_by_source }: Dashboard): string[] =>
  uac_by_source.some(hasSpend)
    ? listTable(
        ['source', 'signed up', 'spend', 'UAC'],
        uac_by_source.slice(0, MAX_ROWS).map((cost) => [cost.source, ...costCells(cost)]),
        restLine(uac_by_source, 'more')
      )
    : []

const churnByMonth = ({ months }: Dashboard): string[] =>
  listTable(
    ['month', 'active at start', 'new', 'canceled', 'churn rate'],
    months
      .slice(-MAX_ROWS)
      .map((each) => [
        each.month,
        formatNumber(each.active_at_start),
        formatNumber(each.new),
        formatNumber(each.canceled),
        formatPercent(each.churn_rate)
      ]),
    restLine(months, 'earlier')
  )

const costByMonth = ({ months }: Dashboard): string[] =>
  listTable(
    ['month', 'signed up', 'spend', 'UAC'],
    months.slice(-MAX_ROWS).map((each) => [each.month, ...costCells(each)]),
    restLine(months, 'earlier')
  )

const costCells = ({ people_signed_up, spend, uac }: AcquisitionCost) => [
  formatNumber(people_signed_up),
  amountLines(spend),
  amountLines(uac)
]

const hasSpend = ({ spend }: AcquisitionCost): boolean => Object.keys(spend).length > 0

/** What a table of the rows does not list, if there are too many. */
const restLine = (rows: unknown[], which: string): string[] =>
  rows.length > MAX_ROWS ? [`and ${formatNumber(rows.length - MAX_ROWS)} ${which}`] : []

/** Columns of texts or amounts; all others are of counts or shares. */
const LEFT_COLUMNS: Cell[] = ['source', 'month', 'revenue', 'spend', 'UAC']

function listTable(headings: Cell[], rows: Cell[][], rest: string[]): string[] {
  const align = headings.map((heading) => (LEFT_COLUMNS.includes(heading) ? 'left' : 'right'))
  return rows.length > 0 ? [...textTable([headings, ...rows], align), ...rest] : []
}
