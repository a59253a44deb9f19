import { basename } from 'node:path'
import type { Rejection, ReplayReport, SourceLocation } from '@tractionboard/local-segment'
import { number, section, table } from './text'

/** How many calls are named for each reason. */
const NAMED = 3

/**
 * Tells a person what became of what was read.
 *
 * @returns the text, several lines.
 */
export function describeReplay(report: ReplayReport): string {
  return [
    ...section('Calls', calls(report)),
    ...(Object.keys(report.actions).length > 0 ? section('Accepted, by action', actions(report)) : []),
    ...(report.rejections.length > 0 ? section('Rejected', report.rejections.flatMap(describeRejection)) : []),
    ...(report.malformedLines.length > 0 ? section('Malformed lines', malformed(report)) : []),
    ...(report.readErrors.length > 0 ? section('Files not read to their end', report.readErrors) : [])
  ].join('\n')
}

function calls({ accepted, duplicates, rejected, notSubscribed, read }: ReplayReport): string[] {
  const rows: [string, number][] = [
    ['accepted', accepted],
    ['duplicates', duplicates],
    ['rejected', rejected],
    ['not subscribed', notSubscribed],
    ['read', read]
  ]
  return table(
    rows.map(([label, value]) => [label, number(value)]),
    ['left', 'right']
  )
}

const actions = (report: ReplayReport) =>
  table(
    Object.entries(report.actions)
      .sort(([nameA, a], [nameB, b]) => b - a || nameA.localeCompare(nameB))
      .map(([action, value]) => [action, number(value)]),
    ['left', 'right']
  )

function describeRejection({ action, reason, retriesExhausted, calls }: Rejection): string[] {
  const advice = retriesExhausted ? ' Run the same command again: nothing is counted twice.' : ''
  const named = calls.slice(0, NAMED).map((call) => `  ${place(call)}, message ${call.messageId || 'without an id'}`)
  const rest = calls.length > NAMED ? [`  and ${number(calls.length - NAMED)} more`] : []
  return [`${number(calls.length)} × ${action}: ${reason}${advice}`, ...named, ...rest]
}

function malformed(report: ReplayReport): string[] {
  const named = report.malformedLines.slice(0, 10 * NAMED).map((line) => `${place(line)} ${line.problem}`)
  const rest = report.malformedLines.length - named.length
  return rest > 0 ? [...named, `and ${number(rest)} more`] : named
}

function place({ file, line, element }: SourceLocation): string {
  const name = file === '-' ? 'standard input' : basename(file)
  return `${name}, line ${line}${element === undefined ? '' : `, element ${element}`}`
}
