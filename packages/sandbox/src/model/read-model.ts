import type { WireEvent } from '@tractionboard/contract'
import { once, sortBy, uniq } from 'lodash'
import { activityByMonth, type MonthActivity } from './activity'
import { acquisitionCost, costBySource, type AcquisitionCost, type SourceCost } from './acquisition-cost'
import type { EventIndex } from './event-index'
import { describeUser, groupByPerson, type History, type User } from './history'
import { addMoneyTotals, formatMoneyTotals, type Amounts, type MoneyTotals } from './money'
import { formatMonth } from './month'
import { metricsByMonth, type MonthMetrics } from './months'
import { groupBySource, type Source } from './sources'
import type { SpendEntry } from './spend'
import type { TimedEvent } from './timed-event'
import { formatTimestamp } from './timestamp'

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
  /** Lists at most `limit` users after the first `offset`, sorted by External User ID. `total` counts all. */
  listUsers(offset: number, limit: number): { total: number; users: User[] }
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
 * @param spend valid entries.
 */
export function buildReadModel(events: EventIndex, spend: readonly SpendEntry[]): ReadModel {
  const histories = groupByPerson(events)
  const users = once(() => usersOf(histories))
  const findHistory = once(() => historyFinder(users()))
  return {
    dashboard: buildDashboard(events, histories, spend),
    listUsers: (offset, limit) => ({
      total: users().length,
      users: users()
        .slice(offset, offset + limit)
        .map(describeUser)
    }),
    findUser: (id) => {
      const history = findHistory()(id)
      return history && describeUser(history)
    },
    eventsOf: (id) => findHistory()(id)?.timedEvents.map(toWireEvent) ?? [],
    activity: once(() => activityByMonth(events.all()))
  }
}

const toWireEvent = (event: TimedEvent): WireEvent => ({ ...event, occurred_at: formatTimestamp(event.occurred_at) })

/** The histories of users, sorted by the External User ID that counts now. */
function usersOf(histories: readonly History[]): History[] {
  return sortBy(
    histories.filter(({ person }) => person.id !== null),
    ({ person }) => person.id
  )
}

/** Finds the history of a user by an External User ID, present or previous, or else by an anonymous id. */
function historyFinder(users: readonly History[]): (id: string) => History | undefined {
  const byUserId = new Map<string, History>()
  const byAnonymousId = new Map<string, History>()
  for (const user of users) {
    for (const id of user.person.userIds) byUserId.set(id, user)
    for (const id of user.person.anonymousIds) byAnonymousId.set(id, user)
  }
  return (id) => byUserId.get(id) ?? byAnonymousId.get(id)
}

function buildDashboard(events: EventIndex, histories: readonly History[], spend: readonly SpendEntry[]): Dashboard {
  const customers = histories.flatMap(({ customer }) => customer ?? [])
  const canceled = customers.filter(({ activeNow }) => !activeNow).length
  const users = histories.filter(({ person }) => person.id !== null).length
  const eventMonths = sortBy(uniq(histories.flatMap(({ months }) => months)))
  const months = metricsByMonth(eventMonths, histories, spend)
  const latestMonth = eventMonths.at(-1)
  const churnMonth = latestMonth === undefined ? null : formatMonth(latestMonth)
  return {
    visits: events.count('visit'),
    logins: events.count('login'),
    signups: events.count('signup'),
    custom_events: events.count('event'),
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
