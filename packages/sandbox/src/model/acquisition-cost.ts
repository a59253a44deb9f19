import { orderBy } from 'lodash'
import { getOrAdd } from './get-or-add'
import { earliestTouched, groupingKey, sourceOfTouch } from './grouping'
import type { History } from './history'
import { formatSums, formatSumsPerPerson, sumAmounts, type Amounts } from './money'
import type { SpendEntry } from './spend'

/** What was spent on some people who signed up. */
export interface AcquisitionCost {
  spend: Amounts
  /** Users with a signup, each once. */
  people_signed_up: number
  /** User acquisition cost: spend divided by the people who signed up; null for each currency if nobody did. */
  uac: Record<string, string | null>
}

/** What was spent on a source, and whom it brought. */
export interface SourceCost extends AcquisitionCost {
  /** The source of a campaign, the host of a referral, or what a spend was given for. */
  source: string
}

interface Group {
  /** Of people with the same source. */
  histories: History[]
  /** Of the same source. */
  spend: SpendEntry[]
}

/** Divides a spend by the people who signed up. */
export function acquisitionCost(spend: readonly SpendEntry[], people: number): AcquisitionCost {
  const sums = sumAmounts(spend)
  return { spend: formatSums(sums), people_signed_up: people, uac: formatSumsPerPerson(sums, people) }
}

/**
 * Divides the spend on each source by the people who signed up and whom it first brought: most people first, then by
 * source. A source is there if it has a spend or people who signed up. Neither upper case nor blanks tell sources apart;
 * one is shown as its earliest first touch was written, or as its spend was given if nobody came from it.
 */
export function costBySource(spend: readonly SpendEntry[], histories: readonly History[]): SourceCost[] {
  const groups = new Map<string, Group>()
  const groupOf = (source: string) => getOrAdd(groups, groupingKey(source), () => ({ histories: [], spend: [] }))
  for (const history of histories) {
    const source = sourceOfTouch(history.firstTouch.touch)
    if (source !== null) groupOf(source).histories.push(history)
  }
  for (const entry of spend) if (entry.source !== undefined) groupOf(entry.source).spend.push(entry)
  const costs = Array.from(groups.values(), (group) => ({
    source: nameOf(group),
    ...acquisitionCost(group.spend, group.histories.filter(({ signups }) => signups > 0).length)
  }))
  const shown = costs.filter((cost) => cost.people_signed_up > 0 || Object.keys(cost.spend).length > 0)
  return orderBy(shown, ['people_signed_up', 'source'], ['desc', 'asc'])
}

function nameOf({ histories, spend }: Group): string {
  return histories.length === 0
    ? String(spend[0].source)
    : String(sourceOfTouch(earliestTouched(histories).firstTouch.touch))
}
