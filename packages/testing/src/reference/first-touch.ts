import { asObject, nonBlank, valueAt } from './lines'
import type { AcceptedCall } from './people'
import type { FirstTouch } from './types'

const NOWHERE = { source: null, medium: null, name: null, host: null }

/** The first campaign of a person; without one, the referrer of the first visit; without one, direct. */
export function firstTouch(calls: AcceptedCall[]): FirstTouch {
  const campaign = calls.map(campaignOf).find((found) => found !== undefined)
  if (campaign) return { ...NOWHERE, kind: 'campaign', ...campaign }
  const visit = calls.find(({ action }) => action === 'visit')
  const host = visit && referringHost(visit)
  return host ? { ...NOWHERE, kind: 'referral', host } : { ...NOWHERE, kind: 'direct' }
}

/** The campaign of a call, unless it is empty. */
function campaignOf({ call }: AcceptedCall): Pick<FirstTouch, 'source' | 'medium' | 'name'> | undefined {
  const campaign = asObject(valueAt(call, 'context.campaign')) ?? {}
  if (!Object.keys(campaign).some((key) => nonBlank(campaign, key))) return undefined
  return {
    source: nonBlank(campaign, 'source') ?? null,
    medium: nonBlank(campaign, 'medium') ?? null,
    name: nonBlank(campaign, 'name') ?? null
  }
}

/** The host of a visit's referrer, unless it is that of the page itself. */
function referringHost({ call }: AcceptedCall): string | undefined {
  const of = (name: string) => nonBlank(call, `properties.${name}`) ?? nonBlank(call, `context.page.${name}`)
  const from = hostOf(of('referrer'))
  return from === hostOf(of('url')) ? undefined : from
}

function hostOf(url: string | undefined): string | undefined {
  return url !== undefined && URL.canParse(url) ? new URL(url).host || undefined : undefined
}
