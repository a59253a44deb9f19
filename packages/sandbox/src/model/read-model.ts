import type { WireEvent } from '@tractionboard/contract'
import { countBy, once, sortBy } from 'lodash'
import { activityByMonth, type MonthActivity } from './activity'
import { acquisitionCost, costBySource, type AcquisitionCost, type SourceCost } from './acquisition-cost'
import { describeUser, groupByPerson, type History, type User } from './history'
import { addMoneyTotals, formatMoneyTotals, type Amounts, type MoneyTotals } from './money'
import { formatMonth, monthOf } from './month'
import { metricsByMonth, type MonthMetrics } from './months'
import { groupBySource, type Source } from './sources'
import type { SpendEntry } from './spend'
import { sortByTime, type TimedEvent } from './timed-event'

/** The metrics of the panel: where customers come from, what it costs to acquire them, and how much they bring. */
export interface Dashboard extends MoneyTotals<Amounts>, AcquisitionCost {
  visits: number
  logins: number
  /** Signup events. */
  signups: number
  custom_events: number
  users: number
  /** People who have not become users. */
  visitors: number
  /** Users who ever signed up, paid or canceled. */
  customers: number
  /** Customers whose status is canceled. */
  canceled: number
  /** The latest month that has an event, such as `2026-03`; null without one. */
  churn_month: string | null
  /** The churn rate of `churn_month`; null without one, or if nobody was active in it. */
  churn_rate: number | null
  /** `canceled` divided by `customers`, from 0 to 1; null without customers. */
  canceled_share: number | null
  sources: Source[]
  /** Sorted by month; each that has an event or a spend. */
  months: MonthMetrics[]
  uac_by_source: SourceCost[]
}

/** What the sandbox shows of its events. */
export interface ReadModel {
  dashboard: Dashboard
  /** Sorted by External User ID. */
  users: User[]
  /** The user with this External User ID, present or previous, or else with this anonymous id. */
  findUser(id: string): User | undefined
  /** The events of the user whom `findUser` finds, sorted by time; none if there is no such user. */
  eventsOf(id: string): WireEvent[]
  /** Sorted by month; each that has an event. */
  activity(): MonthActivity[]
}

/**
 * Computes what the sandbox shows. The same events in any order, with the same spend, give the same.
 *
 * @param events accepted events, each pair of type and id at most once.
 * @param spend valid entries.
 */
export function buildReadModel(events: Iterable<WireEvent>, spend: readonly SpendEntry[]): ReadModel {
  const timedEvents = sortByTime(events)
  const histories = groupByPerson(timedEvents)
  const users = histories.flatMap((history) =>
    history.person.id === null ? [] : [describeUser(history.person.id, history)]
  )
  const byUserId = new Map(
    users.flatMap((user) => [user.external_user_id, ...user.previous_ids].map((id) => [id, user]))
  )
  const byAnonymousId = new Map(users.flatMap((user) => user.anonymous_ids.map((id) => [id, user])))
  const findUser = (id: string) => byUserId.get(id) ?? byAnonymousId.get(id)
  const historyById = once(() => new Map(histories.map((history) => [history.person.id, history])))
  return {
    dashboard: buildDashboard(timedEvents, histories, spend),
    users: sortBy(users, 'external_user_id'),
    findUser,
    eventsOf(id) {
      const user = findUser(id)
      return user ? (historyById().get(user.external_user_id)?.timedEvents ?? []).map(({ event }) => event) : []
    },
    activity: once(() => activityByMonth(timedEvents))
  }
}

function buildDashboard(
  timedEvents: readonly TimedEvent[],
  histories: readonly History[],
  spend: readonly SpendEntry[]
): Dashboard {
  const { visit = 0, login = 0, signup = 0, event: custom = 0 } = countBy(timedEvents, ({ event }) => event.type)
  const customers = histories.flatMap(({ customer }) => customer ?? [])
  const canceled = customers.filter(({ activeNow }) => !activeNow).length
  const users = histories.filter(({ person }) => person.id !== null).length
  const months = metricsByMonth(timedEvents, histories, spend)
  const latest = timedEvents.at(-1)
  const churnMonth = latest ? formatMonth(monthOf(latest.at)) : null
  return {
    visits: visit,
    logins: login,
    signups: signup,
    custom_events: custom,
    users,
    visitors: histories.length - users,
    customers: customers.length,
    canceled,
    churn_month: churnMonth,
    churn_rate: months.find(({ month }) => month === churnMonth)?.churn_rate ?? null,
    canceled_share: customers.length === 0 ? null : canceled / customers.length,
    ...formatMoneyTotals(addMoneyTotals(histories.map(({ money }) => money))),
    ...acquisitionCost(spend, histories.filter(({ signups }) => signups > 0).length),
    sources: groupBySource(histories),
    months,
    uac_by_source: costBySource(spend, histories)
  }
}
