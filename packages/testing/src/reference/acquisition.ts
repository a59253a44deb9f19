import type { Origin } from './first-touch'
import { add, toAmounts, toDecimal, type Sums } from './money'
import { byTime } from './people'
import type { Amounts, FirstTouch, Spend, Uac, UacRow } from './types'
import { compareStrings } from './values'

/** Sources are the same whatever their case and white space. */
export const sourceKey = (parts: (string | null)[]): string =>
  JSON.stringify(parts.map((part) => part && part.toLowerCase().replace(/\s+/g, '')))

/** The source of the campaign, or the referring host; null if there is neither. */
export const sourceOf = ({ source, host }: FirstTouch): string | null => source ?? host

/** The origins, the earliest first: as it writes a source, the source is shown. */
export const byEarliest = (origins: Origin[]): Origin[] =>
  [...origins].sort((one, other) =>
    one.event && other.event ? byTime(one.event, other.event) : Number(!one.event) - Number(!other.event)
  )

/** The total of the spend, by currency, and each total divided by the people who signed up. */
export function costOf(spend: Spend[], peopleSignedUp: number): { spend: Amounts; uac: Uac } {
  const sums: Sums = new Map()
  for (const { currency, amount } of spend) add(sums, { currency, amount: toDecimal(amount) })
  const amounts = toAmounts(sums)
  const nobody = Object.fromEntries(Object.keys(amounts).map((currency) => [currency, null]))
  return { spend: amounts, uac: peopleSignedUp === 0 ? nobody : toAmounts(sums, peopleSignedUp) }
}

/**
 * UAC by source, for each source that has a spend or people who signed up.
 *
 * @param origins of all people, and of those who signed up.
 */
export function uacBySource(spend: Spend[], origins: Origin[], signedUp: Origin[]): UacRow[] {
  const key = (source: string) => sourceKey([source])
  const shown = new Map<string, string>()
  const show = (source: string | null | undefined) => {
    if (source && !shown.has(key(source))) shown.set(key(source), source)
  }
  byEarliest(origins).forEach(({ touch }) => show(sourceOf(touch)))
  spend.forEach(({ source }) => show(source))
  return [...shown]
    .map(([sameKey, source]): UacRow => {
      const people = signedUp.filter(({ touch }) => key(sourceOf(touch) ?? '') === sameKey).length
      const entries = spend.filter((entry) => entry.source !== undefined && key(entry.source) === sameKey)
      return { source, people_signed_up: people, ...costOf(entries, people) }
    })
    .filter((row) => row.people_signed_up > 0 || Object.keys(row.spend).length > 0)
    .sort((one, other) => other.people_signed_up - one.people_signed_up || compareStrings(one.source, other.source))
}
