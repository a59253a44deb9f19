import type { WireEvent } from '@tractionboard/contract'
import Big from 'big.js'
import { compareText } from './instant'

/** Exact sums of money in major units, by ISO 4217 code. */
export type Sums = ReadonlyMap<string, Big>

/** Sums of money for people and programs: by ISO 4217 code, a decimal with at least two places, such as `1234.50`. */
export type Amounts = Record<string, string>

/** Earnings are all payments, refunds are all refunds, and revenue is what of the earnings was not refunded. */
export interface Income<T> {
  earnings: T
  refunds: T
  revenue: T
}

/** Sums up the payments and refunds among some events. Exact: no float is ever added to another. */
export function income(events: Iterable<WireEvent>): Income<Sums> {
  const earnings = new Map<string, Big>()
  const refunds = new Map<string, Big>()
  for (const event of events) {
    if (event.type === 'payment') add(earnings, event.currency, new Big(event.amount))
    if (event.type === 'refund') add(refunds, event.currency, new Big(event.amount))
  }
  const revenue = new Map(earnings)
  for (const [currency, sum] of refunds) add(revenue, currency, sum.times(-1))
  return { earnings, refunds, revenue }
}

/** Adds up sums, currency by currency. */
export function total(all: Iterable<Sums>): Sums {
  const result = new Map<string, Big>()
  for (const sums of all) for (const [currency, sum] of sums) add(result, currency, sum)
  return result
}

/** Writes sums out, in order of their currencies. */
export function amounts(sums: Sums): Amounts {
  return record([...sums].map(([currency, sum]) => [currency, decimal(sum)]))
}

/** Writes out earnings, refunds and revenue. */
export function incomeAmounts({ earnings, refunds, revenue }: Income<Sums>): Income<Amounts> {
  return { earnings: amounts(earnings), refunds: amounts(refunds), revenue: amounts(revenue) }
}

/** Writes a sum as a decimal without exponent, with all its places and at least two. */
export function decimal(sum: Big): string {
  const places = sum.toFixed().split('.')[1]?.length ?? 0
  return sum.toFixed(Math.max(2, places))
}

/** Makes an object of entries, in order of their names; no name (`__proto__`, `constructor`) has a meaning of its own. */
export function record<V>(entries: Iterable<[string, V]>): Record<string, V> {
  const result = Object.create(null) as Record<string, V>
  for (const [name, value] of [...entries].sort(([a], [b]) => compareText(a, b))) result[name] = value
  return result
}

function add(sums: Map<string, Big>, currency: string, amount: Big): void {
  sums.set(currency, (sums.get(currency) ?? new Big(0)).plus(amount))
}
