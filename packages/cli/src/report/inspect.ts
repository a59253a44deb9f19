import type { CallProfile, Count, ReplayReport } from '@tractionboard/local-segment'
import { formatNumber, pluralize } from '../text'
import { countsTable, section, wrapText } from './layout'

/** What `inspect` found. */
export type Inspection = CallProfile &
  Pick<ReplayReport, 'filteredOut' | 'rejected' | 'rejections' | 'malformed' | 'malformedLines' | 'readErrors'>

/** How many rows of a kind are shown. */
const MAX_ROWS = 20

/** What is in archives: lines for a terminal. */
export function describeInspection(inspection: Inspection): string[] {
  const { types, nearMisses, unmatched, countedTwice, rejections, malformedLines, readErrors } = inspection
  return [
    ...section('Calls', describeTotals(inspection)),
    ...list('By type', topCounts(Object.entries(types), 0)),
    ...list('Track calls, by event', topCounts(Object.entries(inspection.events), inspection.otherEvents)),
    ...list('Names that look like one a mapping asks for', nearMisses.slice(0, MAX_ROWS).flatMap(describeNearMiss)),
    ...list('Matched by no mapping', topCounts(Object.entries(unmatched), 0)),
    ...list(
      'Counted twice, by two mappings',
      countsTable(countedTwice.map(({ mappings, calls }) => [mappings.join(' and '), calls]))
    ),
    ...list(
      'Would be rejected',
      rejections.slice(0, MAX_ROWS).flatMap(({ count, action, reason, calls: [first] }) => {
        const where = `first in ${first.file}, line ${first.line}`
        return wrapText(`${formatNumber(count)} × ${action}: ${reason} (${where})`, '  ')
      })
    ),
    ...list(
      'Malformed lines',
      malformedLines.slice(0, MAX_ROWS).map(({ file, line, problem }) => `${file}, line ${line} ${problem}`)
    ),
    ...list('Archives not read to their end', readErrors)
  ]
}

function describeTotals({ calls, first, last, ...rest }: Inspection): string[] {
  const dates = first === undefined ? 'none has a date' : `from ${first} to ${last}`
  return [
    `${pluralize(calls, 'call')}, ${dates}`,
    `${describeCount(rest.userIds)} different userIds, ${describeCount(rest.anonymousIds)} different anonymousIds`,
    `${describeCount(rest.repeatedMessageIds)} with the messageId of an earlier call`,
    ...(rest.withoutTime > 0 ? [`${formatNumber(rest.withoutTime)} without a time`] : []),
    ...(rest.filteredOut > 0 ? [`${formatNumber(rest.filteredOut)} more are left out by the options`] : []),
    ...(rest.malformed > 0 ? [`${pluralize(rest.malformed, 'malformed line')}`] : [])
  ]
}

const describeCount = ({ count, isAtLeast }: Count) => `${isAtLeast ? 'at least ' : ''}${formatNumber(count)}`

const describeNearMiss = ({ event, calls, meant, mappings }: CallProfile['nearMisses'][number]) =>
  wrapText(`${formatNumber(calls)} × "${event}": the mapping ${mappings.join(', ')} asks for "${meant}"`, '  ')

function topCounts(counts: [string, number][], others: number): string[] {
  const rest = counts.slice(MAX_ROWS).reduce((sum, [, count]) => sum + count, others)
  const rows = counts.slice(0, MAX_ROWS).map(([name, count]): [string, number] => [name || '(no name)', count])
  return countsTable(rest > 0 ? [...rows, ['others', rest]] : rows)
}

const list = (heading: string, lines: string[]) => (lines.length > 0 ? section(heading, lines) : [])
