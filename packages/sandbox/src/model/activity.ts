import { groupBy, map, sortBy } from 'lodash'
import { formatMoneyTotals, moneyTotals, type Amounts, type MoneyTotals } from './money'
import { formatMonth, monthOf } from './month'
import type { TimedEvent } from './timed-event'

/** What happened in a calendar month in UTC. */
export interface MonthActivity extends MoneyTotals<Amounts> {
  /** Such as `2026-03`. */
  month: string
  visits: number
  logins: number
  /** Signup events. */
  signups: number
  custom_events: number
}

/**
 * Counts events and adds up money by month.
 *
 * @returns each month that has an event, sorted by month.
 */
export function activityByMonth(timedEvents: readonly TimedEvent[]): MonthActivity[] {
  const months = groupBy(timedEvents, ({ occurred_at }) => monthOf(occurred_at))
  const activity = map(months, (events) => {
    const count = (type: string) => events.filter((event) => event.type === type).length
    return {
      month: formatMonth(monthOf(events[0].occurred_at)),
      visits: count('visit'),
      logins: count('login'),
      signups: count('signup'),
      custom_events: count('event'),
      ...formatMoneyTotals(moneyTotals(events))
    }
  })
  return sortBy(activity, 'month')
}
