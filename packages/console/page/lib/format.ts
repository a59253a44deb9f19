/** A number with the separators of the browser's language. */
export const formatNumber = (value: number): string => value.toLocaleString()

/** A share from 0 to 1 as percent; a dash for none. */
export const formatPercent = (value: number | null): string =>
  value === null ? '–' : value.toLocaleString(undefined, { style: 'percent', maximumFractionDigits: 1 })

/** An amount in major units with its currency. */
export const formatMoney = (currency: string, amount: string | null): string =>
  amount === null ? '–' : `${Number(amount).toLocaleString(undefined, { minimumFractionDigits: 2 })} ${currency}`

/** The time of day, to the second. */
export const formatTime = (iso: string): string => new Date(iso).toLocaleTimeString(undefined, { hour12: false })

/** A date and the time of day. */
export const formatDateTime = (iso: string): string =>
  new Date(iso).toLocaleString(undefined, { dateStyle: 'medium', timeStyle: 'short', hour12: false })

const MAX_SHORT = 400

/** A value as short JSON; a text as it is. */
export function shortValue(value: unknown): string {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? '')
  return text.length > MAX_SHORT ? `${text.slice(0, MAX_SHORT)}…` : text
}

/** A value as JSON over several lines. */
export const prettyJson = (value: unknown): string => JSON.stringify(value, null, 2) ?? ''
