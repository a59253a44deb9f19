/** A time in milliseconds since 1970. */
export type Millis = number

export const SECOND = 1000
export const MINUTE = 60 * SECOND
export const HOUR = 60 * MINUTE
export const DAY = 24 * HOUR

/** A time as Segment writes it, such as `2026-01-01T00:00:00.000Z`. */
export const toIso = (time: Millis) => new Date(time).toISOString()

/** The time that an ISO date names. */
export const toMillis = (text: string): Millis => Date.parse(text)

/** The same day and hour some months later; of the days after the 28th, the 28th, as no month is shorter. */
export function monthsLater(time: Millis, months: number): Millis {
  const date = new Date(time)
  const day = Math.min(date.getUTCDate(), 28)
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + months, day) + (time % DAY)
}
