import type { WireEvent } from '@tractionboard/contract'
import { countBy } from 'lodash'
import { firstTouch, type FirstTouch } from './first-touch'
import { getOrAdd } from './get-or-add'
import { resolveIdentities, type Person } from './identity'
import { formatMoneyTotals, moneyTotals, type Amounts, type MoneyTotals, type Sums } from './money'
import { sortedRecord } from './sorted-record'
import type { TimedEvent } from './timed-event'
import { formatTimestamp } from './timestamp'

/** A person with all their events: those of their External User IDs, and those of their anonymous ids. */
export interface History {
  person: Person
  /** Sorted by time; never empty. */
  timedEvents: TimedEvent[]
  events: WireEvent[]
  firstTouch: FirstTouch
  money: MoneyTotals<Sums>
  /** The latest signup or cancel decides; a person with neither is active. */
  status: 'active' | 'canceled'
  /** Whether the person is a user who ever signed up, paid or canceled. */
  isCustomer: boolean
}

/** A user as the panel shows one. Timestamps are RFC 3339 in UTC; ids are sorted. */
export interface User extends MoneyTotals<Amounts> {
  external_user_id: string
  previous_ids: string[]
  anonymous_ids: string[]
  status: 'active' | 'canceled'
  attributes: Record<string, unknown>
  first_touch: FirstTouch
  visits: number
  logins: number
  signups: number
  first_seen: string
  last_seen: string
}

const CUSTOMER_TYPES: readonly WireEvent['type'][] = ['signup', 'payment', 'cancel']

const STATUS_AFTER: Partial<Record<WireEvent['type'], History['status']>> = { signup: 'active', cancel: 'canceled' }

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
  const events = timedEvents.map(({ event }) => event)
  return {
    person,
    timedEvents,
    events,
    firstTouch: firstTouch(events),
    money: moneyTotals(events),
    status: events.reduce<History['status']>((status, { type }) => STATUS_AFTER[type] ?? status, 'active'),
    isCustomer: person.id !== null && events.some(({ type }) => CUSTOMER_TYPES.includes(type))
  }
}

/**
 * Describes a user as the panel shows one.
 *
 * @param id the External User ID that counts now.
 */
export function describeUser(id: string, { person, timedEvents, events, ...history }: History): User {
  const { visit = 0, login = 0, signup = 0 } = countBy(events, 'type')
  return {
    external_user_id: id,
    previous_ids: [...person.userIds].filter((other) => other !== id).sort(),
    anonymous_ids: [...person.anonymousIds].sort(),
    status: history.status,
    attributes: latestAttributes(events),
    ...formatMoneyTotals(history.money),
    first_touch: history.firstTouch,
    visits: visit,
    logins: login,
    signups: signup,
    first_seen: formatTimestamp(timedEvents[0].at),
    last_seen: formatTimestamp(timedEvents[timedEvents.length - 1].at)
  }
}

/** The latest value of each name; `null` removes an attribute, and an alias sets `previous_id`. */
function latestAttributes(events: readonly WireEvent[]): Record<string, unknown> {
  const result = new Map<string, unknown>()
  for (const [name, value] of events.flatMap(attributeChanges)) {
    if (value === null) result.delete(name)
    else result.set(name, value)
  }
  return sortedRecord(result)
}

function attributeChanges(event: WireEvent): [string, unknown][] {
  if (event.type === 'alias') return [['previous_id', event.previous_id]]
  return event.type === 'login' || event.type === 'attribute' ? Object.entries(event.attributes ?? {}) : []
}
