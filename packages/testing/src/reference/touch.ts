import { at, fields, text } from './lines'
import type { Happening } from './people'
import type { FirstTouch } from './types'

const NOWHERE = { source: null, medium: null, name: null, host: null }

/** Where a person came from: the first campaign, or else the site that the first visit came from, or else directly. */
export function firstTouch(life: Happening[]): FirstTouch {
  const campaign = life.map(campaignOf).find((found) => found !== undefined)
  if (campaign) return { ...NOWHERE, kind: 'campaign', ...campaign }
  const visit = life.find(({ action }) => action === 'visit')
  const host = visit && referringHost(visit)
  return host ? { ...NOWHERE, kind: 'referral', host } : { ...NOWHERE, kind: 'direct' }
}

/** The campaign of a call, if there is anything in it. */
function campaignOf({ call }: Happening): Pick<FirstTouch, 'source' | 'medium' | 'name'> | undefined {
  const campaign = fields(at(call, 'context.campaign')) ?? {}
  if (!Object.keys(campaign).some((key) => text(campaign, key))) return undefined
  return {
    source: text(campaign, 'source') ?? null,
    medium: text(campaign, 'medium') ?? null,
    name: text(campaign, 'name') ?? null
  }
}

/** The host that a visit came from, unless it is the one of the page itself. */
function referringHost({ call }: Happening): string | undefined {
  const of = (name: string) => text(call, `properties.${name}`) ?? text(call, `context.page.${name}`)
  const from = hostOf(of('referrer'))
  return from === hostOf(of('url')) ? undefined : from
}

function hostOf(url: string | undefined): string | undefined {
  return url !== undefined && URL.canParse(url) ? new URL(url).host || undefined : undefined
}
