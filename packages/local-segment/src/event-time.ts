import type { SegmentEvent } from '@segment/actions-core'

/** Seconds or milliseconds. */
const UNIX_TIME = /^\d{10}(\d{3}|\.\d+)?$/

const ISO_DATE = /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d(?::\d\d(?:\.\d+)?)?))? ?(Z|UTC|[+-]\d\d:?\d\d)?$/i

/**
 * Reads a time as Segment's libraries and the destination write it.
 *
 * @param time an ISO 8601 date, with or without a time (in UTC if it has no offset), or Unix time in seconds or
 *   milliseconds.
 * @returns milliseconds since 1970; undefined if it is no such time.
 */
export function parseTime(time: unknown): number | undefined {
  const text = time instanceof Date ? time.toISOString() : String(time).trim()
  const [unix, milliseconds] = UNIX_TIME.exec(text) ?? []
  if (unix !== undefined) return Number(unix) * (milliseconds?.length === 3 && !unix.includes('.') ? 1 : 1000)
  const [iso, date, clock = '00:00', zone = 'Z'] = ISO_DATE.exec(text) ?? []
  const parsed = iso === undefined ? NaN : Date.parse(`${date}T${clock}${zone.toUpperCase() === 'UTC' ? 'Z' : zone}`)
  return Number.isNaN(parsed) ? undefined : parsed
}

/** Where a call may say when it happened, best first: `timestamp` is Segment's, corrected for the clock of the device. */
const TIMES = ['timestamp', 'originalTimestamp', 'sentAt', 'receivedAt'] as const

/**
 * When a call happened.
 *
 * @returns milliseconds since 1970; undefined if none of its times can be read.
 * @see https://segment.com/docs/connections/spec/common/#timestamps
 */
export function eventTime(call: SegmentEvent): number | undefined {
  for (const name of TIMES) {
    const time = parseTime((call as unknown as Record<string, unknown>)[name])
    if (time !== undefined) return time
  }
  return undefined
}
