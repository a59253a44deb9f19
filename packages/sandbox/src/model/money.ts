import type { WireEvent } from '@tractionboard/contract'
import Big from 'big.js'
import { mapValues } from 'lodash'
import { sortedRecord } from './sorted-record'

/** Exact sums of money in major units, by ISO 4217 code. */
export type Sums = ReadonlyMap<string, Big>

/**
 * Sums of money as text: decimals in major units with at least two places, by ISO 4217 code.
 *
 * @see https://www.iso.org/iso-4217-currency-codes.html
 * @example { USD: '1234.50' }
 */
export type Amounts = Record<string, string>

/** All payments, all refunds, and the payments less the refunds. */
export interface MoneyTotals<T> {
  earnings: T
  refunds: T
  revenue: T
}

/** Adds up the payments and refunds among some events, as decimals and so without rounding. */
export function moneyTotals(events: Iterable<WireEvent>): MoneyTotals<Sums> {
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

/** Adds up sums, each currency by itself. */
export function addSums(all: Iterable<Sums>): Sums {
  const result = new Map<string, Big>()
  for (const sums of all) for (const [currency, sum] of sums) add(result, currency, sum)
  return result
}

/** Writes sums as text, sorted by currency. */
export function formatSums(sums: Sums): Amounts {
  return sortedRecord([...sums].map(([currency, sum]) => [currency, formatDecimal(sum)]))
}

/** Writes earnings, refunds and revenue as text. */
export function formatMoneyTotals(totals: MoneyTotals<Sums>): MoneyTotals<Amounts> {
  return mapValues(totals, formatSums)
}

/**
 * Writes a decimal without exponent, with all its places and at least two.
 *
 * @example formatDecimal(new Big(12.5)) // '12.50'
 */
export function formatDecimal(sum: Big): string {
  const places = sum.toFixed().split('.')[1]?.length ?? 0
  return sum.toFixed(Math.max(2, places))
}

function add(sums: Map<string, Big>, currency: string, amount: Big): void {
  sums.set(currency, (sums.get(currency) ?? new Big(0)).plus(amount))
}
