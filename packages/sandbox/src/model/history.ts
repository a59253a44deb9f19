import type { WireEvent } from '@tractionboard/contract'
import { firstTouch, type FirstTouch } from './first-touch'
import type { Person } from './identity'
import { formatInstant } from './instant'
import { income, incomeAmounts, record, type Amounts, type Income, type Sums } from './money'
import type { Occurrence } from './order'

/** A person with all that they did: their own events, and those of their joined anonymous ids. */
export interface History {
  person: Person
  /** In order of time; never empty. */
  occurrences: Occurrence[]
  events: WireEvent[]
  firstTouch: FirstTouch
  income: Income<Sums>
  /** The latest of signup and cancel decides; a person with neither is active. */
  status: 'active' | 'canceled'
  /** Whether the person is a user who ever signed up, paid or cancelled. */
  isCustomer: boolean
}

/** What the sandbox tells of one user. */
export interface User extends Income<Amounts> {
  external_user_id: string
  /** Sorted. */
  previous_ids: string[]
  /** Sorted. */
  anonymous_ids: string[]
  status: 'active' | 'canceled'
  attributes: Record<string, unknown>
  first_touch: FirstTouch
  visits: number
  logins: number
  signups: number
  /** UTC, RFC 3339. */
  first_seen: string
  /** UTC, RFC 3339. */
  last_seen: string
}

const CUSTOMER_TYPES: readonly WireEvent['type'][] = ['signup', 'payment', 'cancel']

/** Draws up a person's history from their events, which are in order of time and at least one. */
export function history(person: Person, occurrences: Occurrence[]): History {
  const events = occurrences.map(({ event }) => event)
  return {
    person,
    occurrences,
    events,
    firstTouch: firstTouch(events),
    income: income(events),
    status: events.reduce<History['status']>((status, { type }) => STATUS_AFTER[type] ?? status, 'active'),
    isCustomer: person.id !== null && events.some(({ type }) => CUSTOMER_TYPES.includes(type))
  }
}

const STATUS_AFTER: Partial<Record<WireEvent['type'], History['status']>> = { signup: 'active', cancel: 'canceled' }

/** Tells of a user. `id` is the External User ID that counts now. */
export function describeUser(id: string, { person, occurrences, events, ...past }: History): User {
  return {
    external_user_id: id,
    previous_ids: [...person.userIds].filter((other) => other !== id).sort(),
    anonymous_ids: [...person.anonymousIds].sort(),
    status: past.status,
    attributes: attributes(events),
    ...incomeAmounts(past.income),
    first_touch: past.firstTouch,
    visits: count(events, 'visit'),
    logins: count(events, 'login'),
    signups: count(events, 'signup'),
    first_seen: formatInstant(occurrences[0].at),
    last_seen: formatInstant(occurrences[occurrences.length - 1].at)
  }
}

/** How many of the events are of a type. */
export function count(events: readonly WireEvent[], type: WireEvent['type']): number {
  return events.filter((event) => event.type === type).length
}

/**
 * The attributes after all events: for each name the latest write counts, and `null` takes the attribute away. An alias
 * writes the attribute `previous_id`.
 */
function attributes(events: readonly WireEvent[]): Record<string, unknown> {
  const result = new Map<string, unknown>()
  for (const [name, value] of events.flatMap(writes)) {
    if (value === null) result.delete(name)
    else result.set(name, value)
  }
  return record(result)
}

function writes(event: WireEvent): [string, unknown][] {
  if (event.type === 'alias') return [['previous_id', event.previous_id]]
  return event.type === 'login' || event.type === 'attribute' ? Object.entries(event.attributes ?? {}) : []
}
