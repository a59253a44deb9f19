import { readFileSync } from 'node:fs'
import { CONTRACT_FILE } from '@tractionboard/contract'
import { data as isoCurrencies } from 'currency-codes'
import { sortBy, uniq } from 'lodash'

/** A currency of today or of the past. */
interface Currency {
  /** Its code, three upper-case letters. */
  code: string
  /** How many digits its amounts have after the decimal point. */
  digits: number
}

/** The file `currencyData.json` of CLDR, as far as it is read. */
interface CldrCurrencies {
  /** Each currency that a region has or had. `_tender` is `false` if nobody could pay with it. */
  region: Record<string, Record<string, { _tender?: string }>[]>
  fractions: Record<string, { _digits: string }>
}

const CLDR_FILE = require.resolve('cldr-core/supplemental/currencyData.json')

const START = '        # Currencies, written by `npm run generate`.\n'
const END = '        # End of the currencies.\n'

/**
 * The currencies of today, of ISO 4217, and those of the past, of CLDR, sorted by code. A code that starts with X names
 * no country: it stays out unless CLDR knows a country where people pay with it (XAF, XOF), so that gold (XAU), the ECU
 * (XEU) and "no currency" (XXX) are no currencies.
 *
 * @see https://www.iso.org/iso-4217-currency-codes.html
 * @see https://www.unicode.org/reports/tr35/tr35-numbers.html#Supplemental_Currency_Data
 */
function currencies(): Currency[] {
  const { region, fractions } = cldrCurrencies()
  const isoDigits = new Map(isoCurrencies.map(({ code, digits }) => [code, digits]))
  const uses = Object.values(region).flatMap((each) => each.flatMap((currency) => Object.entries(currency)))
  const tenders = new Set(uses.filter(([, use]) => use._tender !== 'false').map(([code]) => code))
  const codes = uniq([...isoDigits.keys(), ...uses.map(([code]) => code)])
  return sortBy(codes.filter((code) => !code.startsWith('X') || tenders.has(code))).map((code) => ({
    code,
    digits: isoDigits.get(code) ?? Number((fractions[code] ?? fractions.DEFAULT)._digits)
  }))
}

function cldrCurrencies(): CldrCurrencies {
  const file = JSON.parse(readFileSync(CLDR_FILE, 'utf8')) as { supplemental: { currencyData: CldrCurrencies } }
  return file.supplemental.currencyData
}

/**
 * Writes the currencies into the contract, between the two comments that mark their place.
 *
 * @param text the contract as it is.
 * @throws if a mark is missing.
 */
export function contractWithCurrencies(text = readFileSync(CONTRACT_FILE, 'utf8')): string {
  const [before, ...rest] = text.split(START)
  const [, after] = rest.join('').split(END)
  if (after === undefined) throw new Error('The contract lacks the comments around its currencies. Put them back.')
  return `${before}${START}${currencies()
    .map(({ code }) => `        - ${code}\n`)
    .join('')}${END}${after}`
}

/** The text of `currency-digits.ts`. */
export function currencyDigits(): string {
  return `// Generated from ISO 4217 (currency-codes) and CLDR (cldr-core). DO NOT MODIFY IT BY HAND.

/** How many digits the amounts of a currency have after the decimal point, by its code. */
export const CURRENCY_DIGITS: Readonly<Record<string, number>> = {
${currencies()
  .map(({ code, digits }) => `  ${code}: ${digits}`)
  .join(',\n')}
}
`
}
