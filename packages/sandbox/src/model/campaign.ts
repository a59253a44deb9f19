import type { Context, Page } from '@tractionboard/contract'

/** The campaign that brought a visitor, trimmed; what is blank or absent is null. */
export interface CampaignParameters {
  source: string | null
  medium: string | null
  name: string | null
  term: string | null
  content: string | null
}

/**
 * Finds the campaign of an event: of `context.campaign`, whose members may also be called `utm_source` and so on; else of
 * the UTM parameters in the query of the page's URL; else of those in its `search`.
 *
 * @returns undefined without a source, a medium and a name: other parameters alone are no campaign.
 */
export function campaignOf({ campaign, page }: Context = {}): CampaignParameters | undefined {
  return (campaign && campaignFrom((key) => campaign[key])) ?? campaignOfPage(page)
}

function campaignOfPage({ url = '', search = '' }: Page = {}): CampaignParameters | undefined {
  return campaignOfQuery(queryOf(url)) ?? campaignOfQuery(search)
}

function campaignOfQuery(query: string): CampaignParameters | undefined {
  if (!query.includes('utm_')) return undefined
  const parameters = new URLSearchParams(query)
  return campaignFrom((key) => (key.startsWith('utm_') ? parameters.get(key) : null))
}

/** Also of a URL that is relative or malformed. */
function queryOf(url: string): string {
  return /\?([^#]*)/.exec(url.split('#')[0])?.[1] ?? ''
}

/** @param valueOf gives what stands under a key, if anything. */
function campaignFrom(valueOf: (key: string) => unknown): CampaignParameters | undefined {
  const firstText = (...keys: string[]) => keys.map((key) => trimmedText(valueOf(key))).find((text) => text !== null)
  const source = firstText('source', 'utm_source') ?? null
  const medium = firstText('medium', 'utm_medium') ?? null
  const name = firstText('name', 'utm_campaign') ?? null
  if (source === null && medium === null && name === null) return undefined
  const term = firstText('term', 'utm_term') ?? null
  const content = firstText('content', 'utm_content') ?? null
  return { source, medium, name, term, content }
}

function trimmedText(value: unknown): string | null {
  return (typeof value === 'string' && value.trim()) || null
}
