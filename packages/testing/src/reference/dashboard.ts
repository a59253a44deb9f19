import { byEarliest, costOf, sourceKey, sourceOf, uacBySource } from './acquisition'
import { churnIn, customerOf, isCanceled, type Customer } from './customers'
import type { Event } from './events'
import { originOf, type Origin } from './first-touch'
import { add, toAmounts, type Sums } from './money'
import { byTime, resolvePeople, type Person } from './people'
import { monthOf } from './time'
import type { Action, Dashboard, MoneyTotals, MonthRow, ReferenceUser, SourceRow, Spend } from './types'
import { asObject, canonical, compareStrings, type Fields } from './values'

/** A person with all events, sorted by time. */
interface History {
  person: Person
  events: Event[]
  origin: Origin
  customer?: Customer
  /** The month of the first signup. */
  signedUpIn?: string
}

/** What the dashboard must show of the accepted events, and of each user. */
export function dashboard(accepted: Event[], spend: Spend[]): { dashboard: Dashboard; users: ReferenceUser[] } {
  const events = [...accepted].sort(byTime)
  const histories = historiesOf(events)
  const users = histories.filter(({ person }) => person.known)
  const customers = histories.flatMap(({ customer }) => customer ?? [])
  const canceled = customers.filter(isCanceled).length
  const signedUp = histories.filter(({ signedUpIn }) => signedUpIn !== undefined)
  const latestMonth = events.length > 0 ? monthOf(events[events.length - 1].at) : undefined
  return {
    dashboard: {
      visits: count(events, 'visit'),
      logins: count(events, 'login'),
      signups: count(events, 'signup'),
      custom_events: count(events, 'event'),
      users: users.length,
      visitors: histories.length - users.length,
      customers: customers.length,
      canceled,
      canceled_share: customers.length === 0 ? null : canceled / customers.length,
      churn_month: latestMonth ?? null,
      churn_rate: latestMonth === undefined ? null : churnIn(latestMonth, customers).churn_rate,
      people_signed_up: signedUp.length,
      ...moneyOf(events),
      ...costOf(spend, signedUp.length),
      uac_by_source: uacBySource(spend, origins(histories), origins(signedUp)),
      months: monthsOf(events, histories, spend),
      sources: sourcesOf(histories)
    },
    users: users.map(userOf).sort((one, other) => compareStrings(one.external_user_id, other.external_user_id))
  }
}

const count = (events: Event[], action: Action) => events.filter((event) => event.action === action).length

const origins = (histories: History[]) => histories.map(({ origin }) => origin)

function historiesOf(events: Event[]): History[] {
  const personOf = resolvePeople(events)
  const byPerson = new Map<Person, Event[]>()
  for (const event of events) {
    const person = personOf(event)
    if (!byPerson.has(person)) byPerson.set(person, [])
    byPerson.get(person)!.push(event)
  }
  return [...byPerson].map(([person, events]) => {
    const signup = events.find(({ action }) => action === 'signup')
    return {
      person,
      events,
      origin: originOf(events),
      customer: person.known ? customerOf(events) : undefined,
      signedUpIn: signup && monthOf(signup.at)
    }
  })
}

const userOf = ({ person, events, customer, origin }: History): ReferenceUser => ({
  external_user_id: person.id,
  status: customer && isCanceled(customer) ? 'canceled' : 'active',
  attributes: attributesIn(events),
  ...moneyOf(events),
  first_touch: origin.touch
})

function attributesIn(events: Event[]): Fields {
  const attributes = new Map<string, unknown>()
  for (const { action, attributes: changed, previousId } of events) {
    if (action === 'alias') attributes.set('previous_id', previousId)
    for (const [name, value] of Object.entries(changed)) {
      if (value === null) attributes.delete(name)
      else attributes.set(name, name === 'group' ? groupAfter(attributes.get('group'), value) : value)
    }
  }
  return Object.fromEntries([...attributes].sort(([one], [other]) => compareStrings(one, other)))
}

/** A group without traits keeps the traits that the same group has, and has none if it is another. */
function groupAfter(current: unknown, value: unknown): unknown {
  const group = asObject(value)
  if (group?.id == null || Object.keys(asObject(group.traits) ?? {}).length > 0) return value
  return canonical(asObject(current)?.id) === canonical(group.id) ? current : { id: group.id }
}

function moneyOf(events: Event[]): MoneyTotals {
  const sums: Record<keyof MoneyTotals, Sums> = { earnings: new Map(), refunds: new Map(), revenue: new Map() }
  for (const { action, money } of events) {
    if (!money) continue
    add(action === 'payment' ? sums.earnings : sums.refunds, money)
    add(sums.revenue, money, action === 'payment' ? 1n : -1n)
  }
  return { earnings: toAmounts(sums.earnings), refunds: toAmounts(sums.refunds), revenue: toAmounts(sums.revenue) }
}

function monthsOf(events: Event[], histories: History[], spend: Spend[]): MonthRow[] {
  const customers = histories.flatMap(({ customer }) => customer ?? [])
  const months = new Set([...events.map(({ at }) => monthOf(at)), ...spend.flatMap(({ month }) => month ?? [])])
  return [...months].sort(compareStrings).map((month) => {
    const people = histories.filter(({ signedUpIn }) => signedUpIn === month).length
    const entries = spend.filter((entry) => entry.month === month)
    return { ...churnIn(month, customers), people_signed_up: people, ...costOf(entries, people) }
  })
}

function sourcesOf(histories: History[]): SourceRow[] {
  const rows = new Map<string, History[]>()
  const inOrder = new Map(histories.map((history) => [history.origin, history]))
  for (const origin of byEarliest([...inOrder.keys()])) {
    const { kind, source, medium, name, host } = origin.touch
    const key = sourceKey([kind, source, medium, name, host])
    rows.set(key, [...(rows.get(key) ?? []), inOrder.get(origin)!])
  }
  return [...rows.values()]
    .map((people): SourceRow => {
      const { touch } = people[0].origin
      const events = people.flatMap((history) => history.events)
      return {
        name: [touch.source, touch.medium, touch.name].filter(Boolean).join(' / ') || touch.host || 'direct',
        kind: touch.kind,
        source: sourceOf(touch),
        medium: touch.medium,
        campaign: touch.name,
        people: people.length,
        signups: count(events, 'signup'),
        people_signed_up: people.filter(({ signedUpIn }) => signedUpIn !== undefined).length,
        customers: people.filter(({ customer }) => customer).length,
        revenue: moneyOf(events).revenue
      }
    })
    .sort((one, other) => other.people - one.people || compareStrings(one.name, other.name))
}
