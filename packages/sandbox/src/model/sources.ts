import { groupBy, map, orderBy, sumBy } from 'lodash'
import type { FirstTouch } from './first-touch'
import { earliestTouched, groupingKey, sourceOfTouch } from './grouping'
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
  /** Signup events. */
  signups: number
  /** Users with a signup. */
  people_signed_up: number
  customers: number
  revenue: Amounts
}

type Origin = Pick<Source, 'name' | 'kind' | 'source' | 'medium' | 'campaign'>

/**
 * Groups people by what first brought them: most customers first, then by name. Neither upper case nor blanks tell sources
 * apart; a group is shown as its earliest first touch was written.
 */
export function groupBySource(histories: readonly History[]): Source[] {
  const groups = groupBy(histories, ({ firstTouch }) => keyOf(originOf(firstTouch.touch)))
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
    ...originOf(earliestTouched(histories).firstTouch.touch),
    people: histories.length,
    signups: sumBy(histories, 'signups'),
    people_signed_up: histories.filter(({ signups }) => signups > 0).length,
    customers: histories.filter(({ customer }) => customer).length,
    revenue: formatSums(addSums(histories.map(({ money }) => money.revenue)))
  }
}

function originOf(touch: FirstTouch): Origin {
  const source = sourceOfTouch(touch)
  if (touch.kind !== 'campaign')
    return { name: source ?? 'direct', kind: touch.kind, source, medium: null, campaign: null }
  const { medium, name: campaign } = touch
  const name = [source, medium, campaign].filter((part) => part !== null).join(' / ')
  return { name, kind: 'campaign', source, medium, campaign }
}

function keyOf({ kind, source, medium, campaign }: Origin): string {
  return JSON.stringify([kind, ...[source, medium, campaign].map((part) => part && groupingKey(part))])
}
