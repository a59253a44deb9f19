import { sortedUniq } from 'lodash'
import { customerOf, type Customer } from './customer'
import { findFirstTouch, type FoundTouch } from './first-touch'
import { moneyTotals, type MoneyTotals, type Sums } from './money'
import { monthOf, type Month } from './month'
import type { TimedEvent } from './timed-event'
import type { Timestamp } from './timestamp'

/** What the events of a person say. */
export interface Summary {
  /** Sorted by time; never empty. */
  timedEvents: readonly TimedEvent[]
  firstTouch: FoundTouch
  money: MoneyTotals<Sums>
  /** The months that have an event, sorted. */
  months: Month[]
  /** How many signup events there are. */
  signups: number
  /** When the person first signed up, if ever. */
  signedUpAt?: Timestamp
  /** Undefined for a person who never signed up, paid or canceled. */
  customer?: Customer
}

/** @param timedEvents all events of a person, sorted by time; at least one. */
export function summarize(timedEvents: readonly TimedEvent[]): Summary {
  const signups = timedEvents.filter(({ type }) => type === 'signup')
  return {
    timedEvents,
    firstTouch: findFirstTouch(timedEvents),
    money: moneyTotals(timedEvents),
    months: sortedUniq(timedEvents.map(({ occurred_at }) => monthOf(occurred_at))),
    signups: signups.length,
    signedUpAt: signups[0]?.occurred_at,
    customer: customerOf(timedEvents)
  }
}
