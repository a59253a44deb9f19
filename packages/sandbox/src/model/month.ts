import { getOrAdd } from './get-or-add'
import { SECONDS_A_DAY, type Timestamp } from './timestamp'

/** A calendar month in UTC, as the number of months since January of the year 0. */
export type Month = number

/** By the number of days since 1970, because making a `Date` for each of a million events takes long. */
const monthsOfDays = new Map<number, Month>()

/** The month that a timestamp is in. */
export function monthOf({ seconds }: Timestamp): Month {
  return getOrAdd(monthsOfDays, Math.floor(seconds / SECONDS_A_DAY), () => {
    const date = new Date(seconds * 1000)
    return date.getUTCFullYear() * 12 + date.getUTCMonth()
  })
}

/**
 * Reads a month.
 *
 * @returns undefined if the text is not a year and a month.
 * @example formatMonth(parseMonth('2026-03')) // '2026-03'
 */
export function parseMonth(text: string): Month | undefined {
  const [, year, month] = /^(\d{4})-(0[1-9]|1[0-2])$/.exec(text) ?? []
  return year === undefined ? undefined : Number(year) * 12 + Number(month) - 1
}

/** Writes a month as ISO 8601 does: `2026-03`. */
export function formatMonth(month: Month): string {
  const date = new Date(0)
  date.setUTCFullYear(0, month)
  return date.toISOString().slice(0, -'-01T00:00:00.000Z'.length)
}
