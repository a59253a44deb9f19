import { countBy } from 'lodash'
import { latestAttributes } from './attributes'
import { EventGroup } from './event-group'
import type { EventIndex } from './event-index'
import type { FirstTouch } from './first-touch'
import { getOrAdd } from './get-or-add'
import { resolveIdentities, type Person } from './identity'
import { formatMoneyTotals, type Amounts, type MoneyTotals } from './money'
import type { Summary } from './summary'
import { formatTimestamp } from './timestamp'

/** A person with all their events: those of their External User IDs, and those of their anonymous ids. */
export interface History extends Summary {
  person: Person
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
  const groups = new Map<Person, EventGroup[]>()
  const add = (person: Person, group: EventGroup) => void getOrAdd(groups, person, () => []).push(group)
  for (const [external_user_id, group] of events.ofUsers) add(personOf({ external_user_id }), group)
  for (const [anonymous_id, group] of events.ofVisitors) add(personOf({ anonymous_id }), group)
  return Array.from(groups, ([person, each]) => historyOf(person, EventGroup.summaryOf(each)))
}

/** A visitor is no customer. */
const historyOf = (person: Person, summary: Summary): History =>
  person.id === null ? { ...summary, person, customer: undefined } : { ...summary, person }

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
