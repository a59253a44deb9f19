import { CUSTOMERS, FIRST_NAMES, LAST_NAMES, MAILBOXES, PLACES } from './company'
import type { Rng } from '@tractionboard/testing/random'

/** The person behind a visitor. */
export interface Person {
  first: string
  last: string
  mailName: string
  mail: string
  place: (typeof PLACES)[number]
  /** The person's employer: an index into CUSTOMERS. It matters for plans for teams only. */
  employer: number
}

/** A browser or a phone, identified by its anonymous id. */
export interface Device {
  anonymousId: string
  ip: string
  userAgent: string
  /** The error of its clock, in milliseconds. */
  skew: number
}

const BROWSERS = [
  'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.2 Safari/605.1.15',
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/143.0.0.0 Safari/537.36',
  'Mozilla/5.0 (X11; Linux x86_64; rv:146.0) Gecko/20100101 Firefox/146.0',
  'Mozilla/5.0 (Linux; Android 15; Pixel 9) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/143.0.0.0 Mobile Safari/537.36'
]
const PHONES = ['AcmeNotes/341 CFNetwork/3826.400.120 Darwin/24.3.0']

/** Networks reserved for documentation, see https://www.rfc-editor.org/rfc/rfc5737. */
const NETWORKS = ['192.0.2', '198.51.100', '203.0.113']

/** The person behind a visitor's number. No two of them have the same name. */
export function person(number: number, forTeam: boolean, rng: Rng): Person {
  const row = Math.floor(number / FIRST_NAMES.length)
  const column = number % FIRST_NAMES.length
  const first = FIRST_NAMES[column]
  const last = LAST_NAMES[(row + column) % LAST_NAMES.length]
  const mailName = `${first}.${last}`.toLowerCase()
  const employer = rng.between(0, CUSTOMERS.length - 1)
  return {
    first,
    last,
    mailName,
    mail: `${mailName}@${forTeam ? CUSTOMERS[employer].domain : rng.pick(MAILBOXES)}`,
    place: rng.weighted(PLACES),
    employer
  }
}

export const browser = (rng: Rng) => device(BROWSERS, rng)

export const phone = (rng: Rng) => device(PHONES, rng)

const device = (userAgents: string[], rng: Rng): Device => ({
  anonymousId: rng.uuid(),
  ip: `${rng.pick(NETWORKS)}.${rng.between(1, 254)}`,
  userAgent: rng.pick(userAgents),
  skew: rng.between(-4000, 4000)
})
