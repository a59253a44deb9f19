import { getDomain } from 'tldts'
import type { Event } from './events'
import type { FirstTouch } from './types'

/** Where a person first came from, and the event that tells it. */
export interface Origin {
  touch: FirstTouch
  /** Undefined for a person whose events have neither a page nor a campaign. */
  event?: Event
}

const NOWHERE = { source: null, medium: null, name: null, host: null }

/**
 * The first touch of a person: the earliest event with a page or a campaign, up to the first signup if there is one.
 *
 * @param events the person's events, sorted by time.
 */
export function originOf(events: Event[]): Origin {
  const signup = events.find(({ action }) => action === 'signup')
  const event = events
    .filter(({ at }) => !signup || at <= signup.at)
    .find((event) => Object.keys(event.page).length > 0 || campaignOf(event))
  return { event, touch: event ? touchOf(event) : { ...NOWHERE, kind: 'direct' } }
}

/** The campaign of an event; without one, the website that referred to it; without one, direct. */
function touchOf(event: Event): FirstTouch {
  const campaign = campaignOf(event)
  if (campaign) return { ...NOWHERE, kind: 'campaign', ...campaign }
  const host = referringHost(event)
  return host ? { ...NOWHERE, kind: 'referral', host } : { ...NOWHERE, kind: 'direct' }
}

type Campaign = Pick<FirstTouch, 'source' | 'medium' | 'name'>

/** The campaign in the context, else in the parameters of the page's URL, else in those of its query string. */
function campaignOf({ campaign, page }: Event): Campaign | undefined {
  const named = campaignIn({
    source: campaign.source ?? campaign.utm_source,
    medium: campaign.medium ?? campaign.utm_medium,
    name: campaign.name ?? campaign.utm_campaign
  })
  const query = page.url?.split('#')[0].split('?')[1]
  return named ?? campaignInQuery(query) ?? campaignInQuery(page.search)
}

function campaignInQuery(query = ''): Campaign | undefined {
  const parameters = new URLSearchParams(query)
  return campaignIn({
    source: parameters.get('utm_source'),
    medium: parameters.get('utm_medium'),
    name: parameters.get('utm_campaign')
  })
}

/** A campaign is one with a source, a medium or a name. */
function campaignIn({ source, medium, name }: Partial<Campaign>): Campaign | undefined {
  const campaign = { source: trimmed(source), medium: trimmed(medium), name: trimmed(name) }
  return campaign.source || campaign.medium || campaign.name ? campaign : undefined
}

const trimmed = (text: string | null | undefined) => text?.trim() || null

/** The host of the referrer, unless it is the site itself: a host of the same registrable domain. */
function referringHost({ page }: Event): string | undefined {
  const referrer = hostOf(page.referrer)
  const own = hostOf(page.url)
  return referrer && own && siteOf(referrer) === siteOf(own) ? undefined : referrer
}

const siteOf = (host: string) => getDomain(host, { allowPrivateDomains: true }) ?? host

/** The host of an absolute URL of the web, without the dot that may end it. */
function hostOf(text: string | undefined): string | undefined {
  if (text === undefined || !URL.canParse(text)) return undefined
  const { protocol, hostname } = new URL(text)
  return protocol === 'http:' || protocol === 'https:' ? hostname.replace(/\.$/, '') : undefined
}
