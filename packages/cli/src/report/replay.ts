import { basename } from 'node:path'
import { type Rejection, type ReplayReport, type SourceLocation, STDIN } from '@tractionboard/local-segment'
import { formatNumber } from '../text'
import { countsTable, section } from './layout'

/** How many calls are listed for each reason. */
const MAX_CALLS = 3

/** How many malformed lines are listed. */
const MAX_LINES = 30

/** The report of a replay: lines for a terminal. */
export function describeReplay(report: ReplayReport): string[] {
  const { actions, rejections, malformedLines, readErrors } = report
  return [
    ...section('Calls', countCalls(report)),
    ...(Object.keys(actions).length > 0 ? section('Accepted, by action', countActions(report)) : []),
    ...(rejections.length > 0 ? section('Rejected', rejections.flatMap(describeRejection)) : []),
    ...(malformedLines.length > 0 ? section('Malformed lines', describeMalformedLines(report)) : []),
    ...(readErrors.length > 0 ? section('Files not read to their end', readErrors) : [])
  ]
}

const countCalls = ({ accepted, duplicates, rejected, notSubscribed, read }: ReplayReport): string[] =>
  countsTable([
    ['accepted', accepted],
    ['duplicates', duplicates],
    ['rejected', rejected],
    ['not subscribed', notSubscribed],
    ['read', read]
  ])

const countActions = ({ actions }: ReplayReport): string[] =>
  countsTable(Object.entries(actions).sort(([nameA, a], [nameB, b]) => b - a || nameA.localeCompare(nameB)))

function describeRejection({ action, reason, retriesExhausted, calls }: Rejection): string[] {
  const advice = retriesExhausted ? ' Run the same command again: nothing is counted twice.' : ''
  const lines = calls.map((call) => `  ${describeLocation(call)}, message ${call.messageId || 'without an ID'}`)
  return [
    `${formatNumber(calls.length)} × ${action}: ${reason}${advice}`,
    ...firstLines(lines, MAX_CALLS, (count) => `  and ${count} more`)
  ]
}

const describeMalformedLines = ({ malformedLines }: ReplayReport): string[] =>
  firstLines(
    malformedLines.map((line) => `${describeLocation(line)} ${line.problem}`),
    MAX_LINES,
    (count) => `and ${count} more`
  )

function firstLines(lines: string[], max: number, describeRest: (count: string) => string): string[] {
  const rest = lines.length - max
  return rest > 0 ? [...lines.slice(0, max), describeRest(formatNumber(rest))] : lines
}

function describeLocation({ file, line, element }: SourceLocation): string {
  const name = file === STDIN ? 'standard input' : basename(file)
  return `${name}, line ${line}${element === undefined ? '' : `, element ${element}`}`
}
