import { countBy, sortedUniq } from 'lodash'
import { latestAttributes } from './attributes'
import { customerOf, type Customer } from './customer'
import { findFirstTouch, type FirstTouch, type FoundTouch } from './first-touch'
import type { EventIndex } from './event-index'
import { getOrAdd } from './get-or-add'
import { resolveIdentities, type Person } from './identity'
import { formatMoneyTotals, moneyTotals, type Amounts, type MoneyTotals, type Sums } from './money'
import { monthOf, type Month } from './month'
import { compareTimedEvents, type TimedEvent } from './timed-event'
import { formatTimestamp, type Timestamp } from './timestamp'

/** A person with all their events: those of their External User IDs, and those of their anonymous ids. */
export interface History {
  person: Person
  /** Sorted by time; never empty. */
  timedEvents: TimedEvent[]
  firstTouch: FoundTouch
  money: MoneyTotals<Sums>
  /** The months that have an event, sorted. */
  months: Month[]
  /** How many signup events there are. */
  signups: number
  /** When the person first signed up, if ever. */
  signedUpAt?: Timestamp
  /** Undefined for a visitor, and for a user who never signed up, paid or canceled. */
  customer?: Customer
}

/** A user as the panel shows one. Timestamps are RFC 3339 in UTC; ids are sorted. */
export interface User extends MoneyTotals<Amounts> {
  external_user_id: string
  previous_ids: string[]
  anonymous_ids: string[]
  /** `canceled` if the latest of the user's signups, payments and cancels is a cancel. */
  status: 'active' | 'canceled'
  attributes: Record<string, unknown>
  first_touch: FirstTouch
  visits: number
  logins: number
  signups: number
  first_seen: string
  last_seen: string
}

/**
 * Groups events by person.
 *
 * @param events all the events.
 * @returns a history of each person who has events.
 */
export function groupByPerson(events: EventIndex): History[] {
  const { personOf } = resolveIdentities(events)
  const groups = new Map<Person, TimedEvent[][]>()
  const add = (person: Person, group: TimedEvent[]) => void getOrAdd(groups, person, () => []).push(group)
  for (const [external_user_id, group] of events.ofUsers) add(personOf({ external_user_id }), group)
  for (const [anonymous_id, group] of events.ofVisitors) add(personOf({ anonymous_id }), group)
  return Array.from(groups, ([person, each]) => historyOf(person, sortByTime(each)))
}

function sortByTime(groups: TimedEvent[][]): TimedEvent[] {
  // Most people have one group, and `flat` is slow.
  const events = groups.length === 1 ? [...groups[0]] : groups.flat()
  return events.sort(compareTimedEvents)
}

function historyOf(person: Person, timedEvents: TimedEvent[]): History {
  const signups = timedEvents.filter(({ type }) => type === 'signup')
  return {
    person,
    timedEvents,
    firstTouch: findFirstTouch(timedEvents),
    money: moneyTotals(timedEvents),
    months: sortedUniq(timedEvents.map(({ occurred_at }) => monthOf(occurred_at))),
    signups: signups.length,
    signedUpAt: signups[0]?.occurred_at,
    customer: person.id === null ? undefined : customerOf(timedEvents)
  }
}

/**
 * Describes a user as the panel shows one.
 *
 * @param history of a user, not of a visitor.
 */
export function describeUser({ person, timedEvents, ...history }: History): User {
  const id = person.id as string
  const { visit = 0, login = 0 } = countBy(timedEvents, ({ type }) => type)
  return {
    external_user_id: id,
    previous_ids: person.userIds.filter((other) => other !== id).sort(),
    anonymous_ids: [...person.anonymousIds].sort(),
    status: history.customer?.activeNow === false ? 'canceled' : 'active',
    attributes: latestAttributes(timedEvents),
    ...formatMoneyTotals(history.money),
    first_touch: history.firstTouch.touch,
    visits: visit,
    logins: login,
    signups: history.signups,
    first_seen: formatTimestamp(timedEvents[0].occurred_at),
    last_seen: formatTimestamp(timedEvents[timedEvents.length - 1].occurred_at)
  }
}
