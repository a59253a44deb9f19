import type { FirstTouch } from './first-touch'
import { count, type History } from './history'
import { compareText } from './instant'
import { amounts, total, type Amounts } from './money'

/** One place that customers come from, and what came of it. */
export interface Source {
  /** For people: `newsletter / email / spring`, the host of a referral, or `direct`. */
  name: string
  kind: FirstTouch['kind']
  /** The campaign's source or the referral's host; null if there is none. */
  source: string | null
  medium: string | null
  /** The campaign's name. */
  campaign: string | null
  /** Users and visitors whom it brought first. */
  people: number
  signups: number
  customers: number
  revenue: Amounts
}

type Origin = Pick<Source, 'name' | 'kind' | 'source' | 'medium' | 'campaign'>

/** Tells where people come from, by what first brought each of them: most customers first, then by name. */
export function sources(histories: readonly History[]): Source[] {
  const groups = new Map<string, { origin: Origin; histories: History[] }>()
  for (const history of histories) {
    const origin = originOf(history.firstTouch)
    const key = JSON.stringify(origin)
    const group = groups.get(key) ?? { origin, histories: [] }
    group.histories.push(history)
    groups.set(key, group)
  }
  return [...groups]
    .map(([key, group]) => ({ key, source: describe(group.origin, group.histories) }))
    .sort(
      (a, b) =>
        b.source.customers - a.source.customers ||
        compareText(a.source.name, b.source.name) ||
        compareText(a.key, b.key)
    )
    .map(({ source }) => source)
}

function describe(origin: Origin, histories: readonly History[]): Source {
  return {
    ...origin,
    people: histories.length,
    signups: histories.reduce((sum, { events }) => sum + count(events, 'signup'), 0),
    customers: histories.filter(({ isCustomer }) => isCustomer).length,
    revenue: amounts(total(histories.map(({ income }) => income.revenue)))
  }
}

function originOf(touch: FirstTouch): Origin {
  switch (touch.kind) {
    case 'campaign': {
      const { source, medium, name: campaign } = touch
      const name = [source, medium, campaign].filter((part) => part !== null).join(' / ') || 'unnamed campaign'
      return { name, kind: 'campaign', source, medium, campaign }
    }
    case 'referral':
      return { name: touch.host, kind: 'referral', source: touch.host, medium: null, campaign: null }
    case 'direct':
      return { name: 'direct', kind: 'direct', source: null, medium: null, campaign: null }
  }
}
