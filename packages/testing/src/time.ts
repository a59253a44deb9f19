/** A moment, in milliseconds since 1970. */
export type Moment = number

export const SECOND = 1000
export const MINUTE = 60 * SECOND
export const HOUR = 60 * MINUTE
export const DAY = 24 * HOUR

/** A moment as Segment writes it. */
export const iso = (at: Moment) => new Date(at).toISOString()

/** The moment that an ISO date names. */
export const moment = (text: string): Moment => Date.parse(text)

/** The same day and hour some months later; a bill of the 31st comes on the 28th, as no month is shorter. */
export function monthsLater(at: Moment, months: number): Moment {
  const date = new Date(at)
  const day = Math.min(date.getUTCDate(), 28)
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + months, day) + (at % DAY)
}
