import { sumBy } from 'lodash'
import { getOrAdd } from './get-or-add'
import { monthOf, type Month } from './month'
import type { TimedEvent } from './timed-event'

/** What a customer did in a month in which they signed up, paid or canceled. */
interface CustomerMonth {
  month: Month
  activeAtStart: boolean
  activeAtEnd: boolean
  /** Whether the customer was not active at the start, and signed up or paid. */
  isNew: boolean
  /** Whether the customer canceled while they were active, also if they came back. */
  isCanceled: boolean
}

/** When a person was an active customer. */
export interface Customer {
  /** Whether the first that is known of the customer is a cancel, so that they were active before. */
  activeBefore: boolean
  activeNow: boolean
  /** Sorted; only those in which the customer signed up, paid or canceled. */
  months: CustomerMonth[]
}

/** How many customers were active, came and canceled in a month. */
export interface Churn {
  active_at_start: number
  /** Customers who were not active at the start, and became customers or came back. */
  new: number
  /** Customers who canceled, each once, also if they came back. */
  canceled: number
  /** `canceled` divided by `active_at_start` and `new`, from 0 to 1; null if nobody was active. */
  churn_rate: number | null
}

const CUSTOMER_TYPES: ReadonlySet<TimedEvent['type']> = new Set(['signup', 'payment', 'cancel'])

/**
 * Finds out when a person was an active customer: from a signup or a payment until a cancel.
 *
 * @param timedEvents the person's events, sorted by time.
 * @returns undefined if they never signed up, paid or canceled.
 */
export function customerOf(timedEvents: readonly TimedEvent[]): Customer | undefined {
  const relevant = timedEvents.filter(({ type }) => CUSTOMER_TYPES.has(type))
  if (relevant.length === 0) return undefined
  const activeBefore = relevant[0].type === 'cancel'
  const months = new Map<Month, CustomerMonth>()
  let isActive = activeBefore
  for (const { type, occurred_at } of relevant) {
    const month = monthOf(occurred_at)
    const found = getOrAdd(months, month, () => ({
      month,
      activeAtStart: isActive,
      activeAtEnd: isActive,
      isNew: false,
      isCanceled: false
    }))
    if (type === 'cancel') found.isCanceled ||= isActive
    else found.isNew ||= !found.activeAtStart
    isActive = type !== 'cancel'
    found.activeAtEnd = isActive
  }
  return { activeBefore, activeNow: isActive, months: [...months.values()] }
}

/**
 * Counts active, new and canceled customers month by month.
 *
 * @param months sorted, and with every month in which an event occurred.
 */
export function churnByMonth(customers: readonly Customer[], months: readonly Month[]): Map<Month, Churn> {
  const byMonth = new Map<Month, CustomerMonth[]>()
  for (const customer of customers) {
    for (const each of customer.months) getOrAdd(byMonth, each.month, () => []).push(each)
  }
  let active = customers.filter(({ activeBefore }) => activeBefore).length
  return new Map(
    months.map((month) => {
      const changes = byMonth.get(month) ?? []
      const churn = churnOf(active, changes)
      active += sumBy(changes, ({ activeAtStart, activeAtEnd }) => Number(activeAtEnd) - Number(activeAtStart))
      return [month, churn]
    })
  )
}

function churnOf(activeAtStart: number, changes: readonly CustomerMonth[]): Churn {
  const isNew = changes.filter((each) => each.isNew).length
  const canceled = changes.filter((each) => each.isCanceled).length
  const all = activeAtStart + isNew
  return { active_at_start: activeAtStart, new: isNew, canceled, churn_rate: all === 0 ? null : canceled / all }
}
