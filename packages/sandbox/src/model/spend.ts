/**
 * What was spent to acquire customers: major units by ISO 4217 code.
 *
 * @example { USD: 1200 }
 */
export type Spend = Readonly<Record<string, number>>

/**
 * A part of what was spent to acquire customers. Several for the same currency, source and month add up.
 *
 * @example { currency: 'USD', amount: 1200, source: 'google', month: '2026-03' }
 */
export interface SpendEntry {
  /** An ISO 4217 code. */
  currency: string
  /** In major units. */
  amount: number
  /** The source of a campaign or the host of a referral; whether its letters are upper case does not matter. */
  source?: string
  /** The month in UTC: `2026-03`. */
  month?: string
}

/** Gives a spend in one of its two forms as a list. */
export function spendEntries(spend: Spend | readonly SpendEntry[]): readonly SpendEntry[] {
  return isList(spend) ? spend : Object.entries(spend).map(([currency, amount]) => ({ currency, amount }))
}

function isList(spend: Spend | readonly SpendEntry[]): spend is readonly SpendEntry[] {
  return Array.isArray(spend)
}
