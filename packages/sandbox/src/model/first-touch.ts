import type { Page } from '@tractionboard/contract'
import { getDomain } from 'tldts'
import { campaignOf, type CampaignParameters } from './campaign'
import type { TimedEvent } from './timed-event'
import { compareTimestamps } from './timestamp'

/** What first brought a person. */
export type FirstTouch =
  | ({ kind: 'campaign' } & CampaignParameters)
  /** `host` is in lower case, without a port and without a dot at its end. */
  | { kind: 'referral'; host: string }
  | { kind: 'direct' }

/** A first touch, and the event that has it; none if no event of the person is a touch. */
export interface FoundTouch {
  touch: FirstTouch
  timedEvent?: TimedEvent
}

/**
 * Finds what first brought a person: the earliest touch (see `touchOf`) that is not later than their first signup, or
 * their earliest touch of all if they never signed up. Without one it is direct.
 *
 * @param timedEvents the person's events, sorted by time.
 */
export function findFirstTouch(timedEvents: readonly TimedEvent[]): FoundTouch {
  const signup = timedEvents.find(({ type }) => type === 'signup')
  for (const timedEvent of timedEvents) {
    if (signup && compareTimestamps(timedEvent.occurred_at, signup.occurred_at) > 0) break
    const touch = touchOf(timedEvent)
    if (touch) return { touch, timedEvent }
  }
  return { touch: { kind: 'direct' } }
}

/**
 * Where an event says that its visitor came from: its campaign (see `campaignOf`), else the host that referred to its
 * page unless that is the site itself, else direct.
 *
 * @returns undefined if the event has neither a campaign nor a page.
 */
function touchOf({ context }: TimedEvent): FirstTouch | undefined {
  const campaign = campaignOf(context)
  if (campaign) return { kind: 'campaign', ...campaign }
  const page = context?.page
  if (!page || !hasText(page)) return undefined
  const host = referringHost(page)
  return host === undefined ? { kind: 'direct' } : { kind: 'referral', host }
}

function hasText(page: Page): boolean {
  return Object.values(page).some((part) => typeof part === 'string' && part.trim() !== '')
}

function referringHost({ url = '', referrer = '' }: Page): string | undefined {
  const address = parseUrl(referrer)
  if (!address || !['http:', 'https:'].includes(address.protocol)) return undefined
  const host = hostOf(address)
  const own = parseUrl(url)
  const isOwnSite = own !== undefined && siteOf(hostOf(own)) === siteOf(host)
  return host === '' || isOwnSite ? undefined : host
}

function parseUrl(text: string): URL | undefined {
  return URL.canParse(text) ? new URL(text) : undefined
}

/** A dot may end a host, which is the same one without it: https://www.rfc-editor.org/rfc/rfc1034#section-3.1 */
function hostOf({ hostname }: URL): string {
  return hostname.replace(/\.$/, '')
}

/**
 * What all hosts of a site have in common: their registrable domain, so that `www`, `app` and the apex are one site, and
 * two blogs under `github.io` are not. An IP address and `localhost` have none, and stand for themselves.
 *
 * @see https://publicsuffix.org
 */
function siteOf(hostname: string): string {
  return getDomain(hostname, { allowPrivateDomains: true }) ?? hostname
}
