import { countBy, groupBy, sortBy, uniq } from 'lodash'
import { acquisitionCost, type AcquisitionCost } from './acquisition-cost'
import { churnByMonth, type Churn } from './customer'
import type { History } from './history'
import { formatMonth, monthOf, parseMonth, type Month } from './month'
import type { SpendEntry } from './spend'

/** The metrics of a calendar month in UTC. */
export interface MonthMetrics extends Churn, AcquisitionCost {
  /** Such as `2026-03`. */
  month: string
}

/**
 * The metrics of each month that has an event or a spend, sorted by month.
 *
 * @param eventMonths the months that have an event.
 */
export function metricsByMonth(
  eventMonths: readonly Month[],
  histories: readonly History[],
  spend: readonly SpendEntry[]
): MonthMetrics[] {
  const spendByMonth = groupBy(spend, ({ month }) => (month === undefined ? undefined : parseMonth(month)))
  const signedUpByMonth = countBy(histories, ({ signedUpAt }) => signedUpAt && monthOf(signedUpAt))
  const spendMonths = spend.flatMap(({ month }) => (month === undefined ? [] : [parseMonth(month) as number]))
  const months = sortBy(uniq([...eventMonths, ...spendMonths]))
  const churn = churnByMonth(
    histories.flatMap(({ customer }) => customer ?? []),
    months
  )
  return months.map((month) => ({
    month: formatMonth(month),
    ...(churn.get(month) as Churn),
    ...acquisitionCost(spendByMonth[month] ?? [], signedUpByMonth[month] ?? 0)
  }))
}
