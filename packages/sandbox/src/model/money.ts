import { CURRENCY_DIGITS } from '@tractionboard/contract'
import Big from 'big.js'
import { mapValues } from 'lodash'
import { sortedRecord } from './sorted-record'
import type { TimedEvent } from './timed-event'

/** Exact sums of money in major units, by ISO 4217 code. */
export type Sums = ReadonlyMap<string, Big>

/**
 * Sums of money as text: decimals in major units with the digits of their currency, by ISO 4217 code.
 *
 * @see https://www.iso.org/iso-4217-currency-codes.html
 * @example { USD: '1234.50', JPY: '1235' }
 */
export type Amounts = Record<string, string>

/** All payments, all refunds, and the payments less the refunds. */
export interface MoneyTotals<T> {
  earnings: T
  refunds: T
  revenue: T
}

/** What most people paid, kept once. */
const NO_TOTALS: MoneyTotals<Sums> = { earnings: new Map(), refunds: new Map(), revenue: new Map() }

/** For quotients: with more digits than the smallest JSON number has (5e-324), so that rounding them is exact. */
const Quotient = Big()
Quotient.DP = 350

/** Adds up the payments and refunds among some events, as decimals and so without rounding. */
export function moneyTotals(timedEvents: readonly TimedEvent[]): MoneyTotals<Sums> {
  if (!timedEvents.some(({ type }) => type === 'payment' || type === 'refund')) return NO_TOTALS
  const earnings = new Map<string, Big>()
  const refunds = new Map<string, Big>()
  for (const event of timedEvents) addEvent(event, earnings, refunds)
  const revenue = new Map(earnings)
  for (const [currency, sum] of refunds) add(revenue, currency, sum.times(-1))
  return { earnings, refunds, revenue }
}

function addEvent(event: TimedEvent, earnings: Map<string, Big>, refunds: Map<string, Big>): void {
  if (event.type === 'payment') add(earnings, event.currency, new Big(event.amount))
  if (event.type === 'refund') add(refunds, event.currency, new Big(event.amount))
}

/** Adds up amounts, each currency by itself. */
export function sumAmounts(amounts: Iterable<{ currency: string; amount: number }>): Sums {
  const result = new Map<string, Big>()
  for (const { currency, amount } of amounts) add(result, currency, new Big(amount))
  return result
}

/** Adds up sums, each currency by itself. */
export function addSums(all: Iterable<Sums>): Sums {
  const result = new Map<string, Big>()
  for (const sums of all) for (const [currency, sum] of sums) add(result, currency, sum)
  return result
}

/** Adds up earnings, refunds and revenue. */
export function addMoneyTotals(all: readonly MoneyTotals<Sums>[]): MoneyTotals<Sums> {
  return {
    earnings: addSums(all.map(({ earnings }) => earnings)),
    refunds: addSums(all.map(({ refunds }) => refunds)),
    revenue: addSums(all.map(({ revenue }) => revenue))
  }
}

/** Writes sums as text, sorted by currency. */
export function formatSums(sums: Sums): Amounts {
  return sortedRecord([...sums].map(([currency, sum]) => [currency, formatAmount(currency, sum)]))
}

/** Writes earnings, refunds and revenue as text. */
export function formatMoneyTotals(totals: MoneyTotals<Sums>): MoneyTotals<Amounts> {
  return mapValues(totals, formatSums)
}

/** Divides sums by a number of people and writes them as text, sorted by currency; null for each without people. */
export function formatSumsPerPerson(sums: Sums, people: number): Record<string, string | null> {
  return sortedRecord(
    [...sums].map(([currency, sum]) => [
      currency,
      people === 0 ? null : formatAmount(currency, new Quotient(sum).div(people))
    ])
  )
}

/**
 * Writes an amount without exponent, rounded to the digits of its currency; a half is rounded away from zero.
 *
 * @example formatAmount('JPY', new Big('1234.5')) // '1235'
 */
function formatAmount(currency: string, amount: Big): string {
  const text = amount.toFixed(CURRENCY_DIGITS[currency], Big.roundHalfUp)
  return /[1-9]/.test(text) ? text : text.replace('-', '')
}

function add(sums: Map<string, Big>, currency: string, amount: Big): void {
  const sum = sums.get(currency)
  sums.set(currency, sum === undefined ? amount : sum.plus(amount))
}
