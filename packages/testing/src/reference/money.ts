import { compareStrings, valueAt, type Fields } from './lines'
import type { Amounts, Violation } from './types'

/** Money in hundredths, so that it adds up exactly. */
export interface Money {
  hundredths: bigint
  currency: string
}

const CURRENCIES = new Set(
  (
    'AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BOV BRL BSD BTN BWP BYN BZD CAD CDF CHE ' +
    'CHF CHW CLF CLP CNY COP COU CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ ' +
    'GYD HKD HNL HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL ' +
    'LYD MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MXV MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR ' +
    'PLN PYG QAR RON RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY ' +
    'TTD TWD TZS UAH UGX USD USN UYI UYU UYW UZS VED VES VND VUV WST XAF XCD XCG XOF XPF YER ZAR ZMW ZWG'
  ).split(' ')
)

const PLAIN_DECIMAL = /^(-?)(\d+)(?:\.(\d+))?$/

/** The money of a payment or refund, with its sign, or what is wrong with it. */
export function parseMoney({ properties }: Fields): Money | Violation {
  const amount = firstGiven(properties, ['revenue', 'amount', 'total', 'value'])
  if (amount == null) return { reason: 'no amount', field: 'amount' }
  const hundredths = toHundredths(amount)
  if (hundredths === undefined) return { reason: 'not an amount', field: 'amount' }
  const currency = firstGiven(properties, ['currency']) ?? 'USD'
  const code = typeof currency === 'string' ? currency.toUpperCase() : ''
  if (!CURRENCIES.has(code)) return { reason: 'unknown currency', field: 'currency' }
  return { hundredths, currency: code }
}

const firstGiven = (properties: unknown, names: string[]): unknown =>
  names.map((name) => valueAt({ properties }, `properties.${name}`)).find((value) => value != null)

/**
 * The hundredths of a number, or of a string that is a plain decimal number; undefined for anything else.
 *
 * @throws RangeError if there are more than two digits after the point: the reference does not round.
 */
function toHundredths(amount: unknown): bigint | undefined {
  if (typeof amount !== 'number' && typeof amount !== 'string') return undefined
  const parts = PLAIN_DECIMAL.exec(String(amount).trim())
  if (!parts) return undefined
  const [, sign, whole, part = ''] = parts
  if (part.length > 2)
    throw new RangeError(
      `The reference does not round, and this amount has more than two digits after the point: ${amount}`
    )
  return BigInt(sign + whole + part.padEnd(2, '0'))
}

/** Sums in hundredths, by currency. */
export type Sums = Map<string, bigint>

/** Adds an amount to a currency. */
export const add = (sums: Sums, { hundredths, currency }: Money) =>
  sums.set(currency, (sums.get(currency) ?? 0n) + hundredths)

/** The difference of two sums, in every currency that either has. */
export function subtract(sums: Sums, others: Sums): Sums {
  const difference = new Map(sums)
  for (const [currency, hundredths] of others) add(difference, { currency, hundredths: -hundredths })
  return difference
}

/** Sums as decimal numbers, by currency. */
export const toAmounts = (sums: Sums): Amounts =>
  Object.fromEntries(
    [...sums]
      .sort(([one], [other]) => compareStrings(one, other))
      .map(([currency, hundredths]) => [currency, toDecimal(hundredths)])
  )

/** The hundredths as a decimal number with two digits after the point. */
function toDecimal(hundredths: bigint): string {
  const digits = String(hundredths < 0n ? -hundredths : hundredths).padStart(3, '0')
  return `${hundredths < 0n ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`
}

/** Each amount divided by a count, rounded half up to the cent. */
export function divide(spend: Amounts, count: number): Amounts {
  if (count === 0) return {}
  const divide = (whole: bigint) => (2n * whole + BigInt(count)) / (2n * BigInt(count))
  return Object.fromEntries(
    Object.entries(spend).map(([currency, amount]) => [currency, toDecimal(divide(toHundredths(amount) ?? 0n))])
  )
}
