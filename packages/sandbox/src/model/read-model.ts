import type { WireEvent } from '@tractionboard/contract'
import Big from 'big.js'
import { countBy, sortBy } from 'lodash'
import { describeUser, groupByPerson, type History, type User } from './history'
import {
  formatDecimal,
  formatMoneyTotals,
  formatSums,
  moneyTotals,
  type Amounts,
  type MoneyTotals,
  type Sums
} from './money'
import { sortedRecord } from './sorted-record'
import { groupBySource, type Source } from './sources'
import { sortByTime } from './timed-event'

/**
 * What was spent to acquire customers: major units by ISO 4217 code.
 *
 * @example { USD: 1200 }
 */
export type Spend = Readonly<Record<string, number>>

/** The metrics of the panel: where customers come from, what it costs to acquire them, and how much they bring. */
export interface Dashboard extends MoneyTotals<Amounts> {
  visits: number
  logins: number
  signups: number
  custom_events: number
  users: number
  /** People who have not become users. */
  visitors: number
  /** Users who ever signed up, paid or canceled. */
  customers: number
  /** Customers whose status is canceled. */
  canceled: number
  /** `canceled` divided by `customers`, from 0 to 1; 0 without customers. */
  churn_rate: number
  spend: Amounts
  /** User acquisition cost: spend divided by signups, rounded to two places; null without signups. */
  uac: Record<string, string | null>
  sources: Source[]
}

/** What the sandbox shows of its events. */
export interface ReadModel {
  dashboard: Dashboard
  /** Sorted by External User ID. */
  users: User[]
  /** The user with this External User ID, present or previous, or else with this anonymous id. */
  findUser(id: string): User | undefined
}

/**
 * Computes what the sandbox shows. The same events in any order, with the same spend, give the same.
 *
 * @param events accepted events, each pair of type and id at most once.
 * @param spend in major units.
 */
export function buildReadModel(events: Iterable<WireEvent>, spend: Spend): ReadModel {
  const timedEvents = sortByTime(events)
  const histories = groupByPerson(timedEvents)
  const users = histories.flatMap((history) =>
    history.person.id === null ? [] : [describeUser(history.person.id, history)]
  )
  const byUserId = new Map(
    users.flatMap((user) => [user.external_user_id, ...user.previous_ids].map((id) => [id, user]))
  )
  const byAnonymousId = new Map(users.flatMap((user) => user.anonymous_ids.map((id) => [id, user])))
  return {
    dashboard: buildDashboard(
      timedEvents.map(({ event }) => event),
      histories,
      spend
    ),
    users: sortBy(users, 'external_user_id'),
    findUser: (id) => byUserId.get(id) ?? byAnonymousId.get(id)
  }
}

function buildDashboard(events: readonly WireEvent[], histories: readonly History[], spend: Spend): Dashboard {
  const { visit = 0, login = 0, signup = 0, event = 0 } = countBy(events, 'type')
  const spent: Sums = new Map(Object.entries(spend).map(([currency, amount]) => [currency, new Big(amount)]))
  const customers = histories.filter(({ isCustomer }) => isCustomer)
  const canceled = customers.filter(({ status }) => status === 'canceled')
  const users = histories.filter(({ person }) => person.id !== null)
  return {
    visits: visit,
    logins: login,
    signups: signup,
    custom_events: event,
    users: users.length,
    visitors: histories.length - users.length,
    customers: customers.length,
    canceled: canceled.length,
    churn_rate: customers.length === 0 ? 0 : canceled.length / customers.length,
    ...formatMoneyTotals(moneyTotals(events)),
    spend: formatSums(spent),
    uac: sortedRecord(
      [...spent].map(([currency, sum]) => [currency, signup === 0 ? null : formatDecimal(sum.div(signup).round(2))])
    ),
    sources: groupBySource(histories)
  }
}
