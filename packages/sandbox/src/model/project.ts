import type { WireEvent } from '@tractionboard/contract'
import Big from 'big.js'
import { count, describeUser, history, type History, type User } from './history'
import { identify, type Person } from './identity'
import { compareText } from './instant'
import { amounts, decimal, income, incomeAmounts, record, type Amounts, type Income, type Sums } from './money'
import { inOrder, type Occurrence } from './order'
import { sources, type Source } from './sources'

/** What was spent on getting customers: major units by ISO 4217 code, such as `{ USD: 1200 }`. */
export type Spend = Readonly<Record<string, number>>

/** The panel: where customers come from, what they cost to acquire, and how much they bring. */
export interface Dashboard extends Income<Amounts> {
  visits: number
  logins: number
  /** Signup events. */
  signups: number
  custom_events: number
  users: number
  /** Anonymous people whom no user has joined. */
  visitors: number
  /** Users who ever signed up, paid or cancelled. */
  customers: number
  /** Customers whose status is canceled. */
  canceled: number
  /** `canceled` of `customers`, from 0 to 1; 0 without customers. */
  churn_rate: number
  spend: Amounts
  /** User acquisition cost: spend by signup, rounded to two places; null without signups. */
  uac: Record<string, string | null>
  sources: Source[]
}

/** All that can be read from the sandbox about its events. */
export interface ReadModel {
  dashboard: Dashboard
  /** In order of their External User IDs. */
  users: User[]
  /** The user known by an External User ID, present or previous, or else by a joined anonymous id. */
  findUser(id: string): User | undefined
}

/**
 * Computes all that the sandbox shows. Pure: the same set of events in any order, with the same spend, gives the same.
 *
 * @param events accepted events, each type and id at most once.
 * @param spend what was spent, in major units.
 */
export function project(events: Iterable<WireEvent>, spend: Spend): ReadModel {
  const occurrences = inOrder(events)
  const histories = historiesOf(occurrences)
  const users = histories.flatMap((one) => (one.person.id === null ? [] : [describeUser(one.person.id, one)]))
  const byUserId = new Map(
    users.flatMap((user) => [user.external_user_id, ...user.previous_ids].map((id) => [id, user]))
  )
  const byAnonymousId = new Map(users.flatMap((user) => user.anonymous_ids.map((id) => [id, user])))
  return {
    dashboard: dashboard(
      occurrences.map(({ event }) => event),
      histories,
      spend
    ),
    users: users.sort((a, b) => compareText(a.external_user_id, b.external_user_id)),
    findUser: (id) => byUserId.get(id) ?? byAnonymousId.get(id)
  }
}

function historiesOf(occurrences: readonly Occurrence[]): History[] {
  const identity = identify(occurrences.map(({ event }) => event))
  const groups = new Map<Person, Occurrence[]>()
  for (const occurrence of occurrences) {
    const person = identity.personOf(occurrence.event)
    const group = groups.get(person)
    if (group) group.push(occurrence)
    else groups.set(person, [occurrence])
  }
  return Array.from(groups, ([person, group]) => history(person, group))
}

function dashboard(events: readonly WireEvent[], histories: readonly History[], spend: Spend): Dashboard {
  const signups = count(events, 'signup')
  const spent: Sums = new Map(Object.entries(spend).map(([currency, amount]) => [currency, new Big(amount)]))
  const customers = histories.filter(({ isCustomer }) => isCustomer)
  const canceled = customers.filter(({ status }) => status === 'canceled')
  const users = histories.filter(({ person }) => person.id !== null)
  return {
    visits: count(events, 'visit'),
    logins: count(events, 'login'),
    signups,
    custom_events: count(events, 'event'),
    users: users.length,
    visitors: histories.length - users.length,
    customers: customers.length,
    canceled: canceled.length,
    churn_rate: customers.length === 0 ? 0 : canceled.length / customers.length,
    ...incomeAmounts(income(events)),
    spend: amounts(spent),
    uac: record(
      [...spent].map(([currency, sum]) => [currency, signups === 0 ? null : decimal(sum.div(signups).round(2))])
    ),
    sources: sources(histories)
  }
}
