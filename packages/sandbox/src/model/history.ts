import { countBy } from 'lodash'
import { latestAttributes } from './attributes'
import { customerOf, type Customer } from './customer'
import { findFirstTouch, type FirstTouch, type FoundTouch } from './first-touch'
import { getOrAdd } from './get-or-add'
import { resolveIdentities, type Person } from './identity'
import { formatMoneyTotals, moneyTotals, type Amounts, type MoneyTotals, type Sums } from './money'
import type { TimedEvent } from './timed-event'
import { formatTimestamp, type Timestamp } from './timestamp'

/** A person with all their events: those of their External User IDs, and those of their anonymous ids. */
export interface History {
  person: Person
  /** Sorted by time; never empty. */
  timedEvents: TimedEvent[]
  firstTouch: FoundTouch
  money: MoneyTotals<Sums>
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
 * @param timedEvents all the events, sorted by time.
 * @returns a history of each person who has events.
 */
export function groupByPerson(timedEvents: readonly TimedEvent[]): History[] {
  const identities = resolveIdentities(timedEvents.map(({ event }) => event))
  const groups = new Map<Person, TimedEvent[]>()
  for (const timedEvent of timedEvents) {
    getOrAdd(groups, identities.personOf(timedEvent.event), () => []).push(timedEvent)
  }
  return Array.from(groups, ([person, group]) => historyOf(person, group))
}

function historyOf(person: Person, timedEvents: TimedEvent[]): History {
  const signups = timedEvents.filter(({ event }) => event.type === 'signup')
  return {
    person,
    timedEvents,
    firstTouch: findFirstTouch(timedEvents),
    money: moneyTotals(timedEvents),
    signups: signups.length,
    signedUpAt: signups[0]?.at,
    customer: person.id === null ? undefined : customerOf(timedEvents)
  }
}

/**
 * Describes a user as the panel shows one.
 *
 * @param id the External User ID that counts now.
 */
export function describeUser(id: string, { person, timedEvents, ...history }: History): User {
  const { visit = 0, login = 0 } = countBy(timedEvents, ({ event }) => event.type)
  return {
    external_user_id: id,
    previous_ids: [...person.userIds].filter((other) => other !== id).sort(),
    anonymous_ids: [...person.anonymousIds].sort(),
    status: history.customer?.activeNow === false ? 'canceled' : 'active',
    attributes: latestAttributes(timedEvents),
    ...formatMoneyTotals(history.money),
    first_touch: history.firstTouch.touch,
    visits: visit,
    logins: login,
    signups: history.signups,
    first_seen: formatTimestamp(timedEvents[0].at),
    last_seen: formatTimestamp(timedEvents[timedEvents.length - 1].at)
  }
}
