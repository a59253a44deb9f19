import type { Campaign, WireEvent } from '@tractionboard/contract'

/** What first brought a person. Campaign parameters that are empty or absent are null. */
export type FirstTouch =
  | {
      kind: 'campaign'
      source: string | null
      medium: string | null
      name: string | null
      term: string | null
      content: string | null
    }
  | { kind: 'referral'; host: string }
  | { kind: 'direct' }

/**
 * Finds what first brought a person: the campaign of the earliest event that has one with a value that is not blank;
 * else the host of the earliest visit's referrer, unless that is the page's own host; else a direct visit.
 *
 * @param events the person's events, sorted by time.
 */
export function firstTouch(events: readonly WireEvent[]): FirstTouch {
  const campaign = events.map((event) => event.context?.campaign).find(hasValue)
  if (campaign) return campaignTouch(campaign)
  const page = events.find((event) => event.type === 'visit')?.context?.page
  const host = hostOf(page?.referrer)
  return host && host !== hostOf(page?.url) ? { kind: 'referral', host } : { kind: 'direct' }
}

function hasValue(campaign: Campaign | undefined): campaign is Campaign {
  return Object.values(campaign ?? {}).some((value) => String(value).trim() !== '')
}

function campaignTouch({ source, medium, name, term, content }: Campaign): FirstTouch {
  return {
    kind: 'campaign',
    source: textOrNull(source),
    medium: textOrNull(medium),
    name: textOrNull(name),
    term: textOrNull(term),
    content: textOrNull(content)
  }
}

function textOrNull(text = ''): string | null {
  return text.trim() === '' ? null : text
}

function hostOf(address = ''): string | undefined {
  return URL.canParse(address) ? new URL(address).host : undefined
}
