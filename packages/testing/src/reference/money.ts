import { CURRENCY_DIGITS } from './currencies'
import type { Amounts, Violation } from './types'
import { compareStrings, membersOf, type Fields } from './values'

/** An exact decimal number: `units` divided by ten to the power of `scale`. */
export interface Decimal {
  units: bigint
  scale: number
}

/** Money of one currency, exact. */
export interface Money {
  amount: Decimal
  currency: string
}

const PLAIN_DECIMAL = /^-?\d+(\.\d+)?$/
const SHORTEST_DECIMAL = /^(-?)(\d+)(?:\.(\d+))?(?:e([+-]\d+))?$/

/** The most that the contract takes for one payment or refund, in major units. */
const MAX_AMOUNT = 10_000_000_000_000

/** The money of a payment or refund, with its sign, or what is wrong with it. */
export function parseMoney({ properties }: Fields): Money | Violation {
  const amount = firstGiven(properties, ['revenue', 'amount', 'total', 'value'])
  if (amount == null) return { reason: 'no amount', field: 'amount' }
  const number = parseAmount(amount)
  if (number === undefined) return { reason: 'not an amount', field: 'amount' }
  const currency = firstGiven(properties, ['currency']) ?? 'USD'
  const code = typeof currency === 'string' ? currency.trim().toUpperCase() : ''
  if (!CURRENCY_DIGITS.has(code)) return { reason: 'unknown currency', field: 'currency' }
  return { amount: toDecimal(number), currency: code }
}

const firstGiven = (properties: unknown, names: string[]): unknown =>
  names.map((name) => membersOf(properties)[name]).find((value) => value != null)

/** The number, or undefined if it is neither a number nor a text that is a plain decimal number, or if it is too large. */
function parseAmount(amount: unknown): number | undefined {
  if (typeof amount === 'string' && !PLAIN_DECIMAL.test(amount.trim())) return undefined
  if (typeof amount !== 'string' && typeof amount !== 'number') return undefined
  const number = Number(amount)
  return Math.abs(number) <= MAX_AMOUNT ? number : undefined
}

/** The exact value of a number's shortest decimal, as JavaScript writes it: 0.1 is one tenth. */
export function toDecimal(number: number): Decimal {
  const [, sign, whole, fraction = '', exponent = '0'] = SHORTEST_DECIMAL.exec(String(number))!
  const scale = fraction.length - Number(exponent)
  const units = BigInt(sign + whole + fraction)
  return scale < 0 ? { units: units * 10n ** BigInt(-scale), scale: 0 } : { units, scale }
}

/** Exact sums, by currency. */
export type Sums = Map<string, Decimal>

/** Adds an amount to a currency, or takes it away with `sign` −1. */
export function add(sums: Sums, { amount, currency }: Money, sign: 1n | -1n = 1n): void {
  const sum = sums.get(currency) ?? { units: 0n, scale: 0 }
  const scale = Math.max(sum.scale, amount.scale)
  const unitsIn = ({ units, scale: own }: Decimal) => units * 10n ** BigInt(scale - own)
  sums.set(currency, { units: unitsIn(sum) + sign * unitsIn(amount), scale })
}

/** Sums as they are shown, by currency: each divided by a count, and rounded to the digits of its currency. */
export const toAmounts = (sums: Sums, count = 1): Amounts =>
  Object.fromEntries(
    [...sums]
      .sort(([one], [other]) => compareStrings(one, other))
      .map(([currency, sum]) => [currency, round(sum, count, CURRENCY_DIGITS.get(currency) ?? 2)])
  )

/** The number divided by a count, rounded half away from zero to so many digits after the point. */
function round({ units, scale }: Decimal, count: number, digits: number): string {
  const dividend = (units < 0n ? -units : units) * 10n ** BigInt(digits)
  const divisor = BigInt(count) * 10n ** BigInt(scale)
  const rounded = (2n * dividend + divisor) / (2n * divisor)
  const text = String(rounded).padStart(digits + 1, '0')
  const point = text.length - digits
  const sign = units < 0n && rounded > 0n ? '-' : ''
  return sign + text.slice(0, point) + (digits > 0 ? `.${text.slice(point)}` : '')
}
