import { groupBy, map, orderBy, sumBy } from 'lodash'
import type { FirstTouch } from './first-touch'
import type { History } from './history'
import { addSums, formatSums, type Amounts } from './money'

/** A campaign, a referring website or direct visits, with the people whom it brought first. */
export interface Source {
  /** For people to read: `newsletter / email / spring`, the host of a referral, or `direct`. */
  name: string
  kind: FirstTouch['kind']
  /** The campaign's source or the referral's host; null if there is none. */
  source: string | null
  medium: string | null
  /** The campaign's name. */
  campaign: string | null
  /** Users and visitors. */
  people: number
  signups: number
  customers: number
  revenue: Amounts
}

type Origin = Pick<Source, 'name' | 'kind' | 'source' | 'medium' | 'campaign'>

/** Groups people by what first brought them: most customers first, then by name. */
export function groupBySource(histories: readonly History[]): Source[] {
  const groups = groupBy(histories, ({ firstTouch }) => JSON.stringify(originOf(firstTouch)))
  const sources = map(groups, (group, key) => ({ key, source: sourceOf(group) }))
  return orderBy(
    sources,
    [({ source }) => source.customers, ({ source }) => source.name, ({ key }) => key],
    ['desc', 'asc', 'asc']
  ).map(({ source }) => source)
}

/** @param histories of people with the same origin; at least one. */
function sourceOf(histories: readonly History[]): Source {
  return {
    ...originOf(histories[0].firstTouch),
    people: histories.length,
    signups: sumBy(histories, ({ events }) => events.filter(({ type }) => type === 'signup').length),
    customers: histories.filter(({ isCustomer }) => isCustomer).length,
    revenue: formatSums(addSums(histories.map(({ money }) => money.revenue)))
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
