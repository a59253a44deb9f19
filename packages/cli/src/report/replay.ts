import { basename } from 'node:path'
import {
  type Counts,
  type Rejection,
  type ReplayReport,
  type SourceLocation,
  STDIN,
  type StopKind
} from '@tractionboard/local-segment'
import { formatNumber, pluralize } from '../text'
import { COUNT_LABELS } from './count-labels'
import { countsTable, section, textTable } from './layout'

/** How many calls are listed for each reason. */
const MAX_CALLS = 3

/** The counts that are always shown, and those that are shown if there are any. */
const COUNTS = ['accepted', 'duplicates', 'rejected', 'notSubscribed'] as const
const COUNTS_IF_ANY = ['filteredOut', 'furtherMappings'] as const

/** The report of a replay: lines for a terminal. */
export function describeReplay(report: ReplayReport, { dryRun }: { dryRun?: true } = {}): string[] {
  const { actions, rejections, malformed, readErrors, deadLetters } = report
  return [
    ...(dryRun ? ['', 'A dry run: nothing was sent, and what is accepted below is what would be sent.'] : []),
    ...section('Calls', countCalls(report)),
    ...describeDeliveredBefore(report),
    ...(Object.keys(actions).length > 0 ? section('Accepted, by action', countActions(report)) : []),
    ...(rejections.length > 0 ? section('Rejected', rejections.flatMap(describeRejection)) : []),
    ...(deadLetters ? section('Dead letters', describeDeadLetters(deadLetters)) : []),
    ...(malformed > 0 ? section('Malformed lines', describeMalformedLines(report)) : []),
    ...(readErrors.length > 0 ? section('Archives not read to their end', describeReadErrors(report)) : [])
  ]
}

/** The counts of this run, and beside them those of all runs where they differ. */
function countCalls({ ledger, ...report }: ReplayReport): string[] {
  const totals = ledger?.totals ?? report
  const names: (keyof Counts)[] = [
    ...COUNTS,
    ...COUNTS_IF_ANY.filter((name) => report[name] + totals[name] > 0),
    'read'
  ]
  if (names.every((name) => totals[name] === report[name])) {
    return countsTable(names.map((name) => [COUNT_LABELS[name], report[name]]))
  }
  const rows = names.map((name) => [COUNT_LABELS[name], formatNumber(report[name]), formatNumber(totals[name])])
  return textTable([['', 'this run', 'all runs'], ...rows], ['left', 'right', 'right'])
}

function describeDeliveredBefore({ archives: { listed, deliveredBefore } }: ReplayReport): string[] {
  if (deliveredBefore === 0) return []
  const which =
    deliveredBefore === listed ? 'Everything' : `${formatNumber(deliveredBefore)} of ${pluralize(listed, 'archive')}`
  return ['', `${which} was delivered by an earlier run, and is not sent again. To send it again, add --again.`]
}

const countActions = ({ actions }: ReplayReport): string[] =>
  countsTable(Object.entries(actions).sort(([nameA, a], [nameB, b]) => b - a || nameA.localeCompare(nameB)))

function describeRejection({ action, reason, retriesExhausted, count, calls }: Rejection): string[] {
  const attempts = retriesExhausted ? ' Every attempt was used up.' : ''
  const lines = calls.slice(0, MAX_CALLS).map((call) => {
    return `  ${describeLocation(call)}, message ${call.messageId || 'without an ID'}`
  })
  return [`${formatNumber(count)} × ${action}: ${reason}${attempts}`, ...lines, ...restLine('  ', count - lines.length)]
}

const describeDeadLetters = (file: string): string[] => [
  file,
  'The rejected calls are in this file. Once the cause is fixed, replay it.'
]

const describeMalformedLines = ({ malformedLines, malformed }: ReplayReport): string[] => [
  ...malformedLines.map((line) => `${describeLocation(line)} ${line.problem}`),
  ...restLine('', malformed - malformedLines.length)
]

const describeReadErrors = ({ readErrors, archives }: ReplayReport): string[] => [
  ...readErrors,
  ...restLine('', archives.unreadable - readErrors.length)
]

const restLine = (indent: string, rest: number): string[] =>
  rest > 0 ? [`${indent}and ${formatNumber(rest)} more`] : []

function describeLocation({ file, line, element }: SourceLocation): string {
  const name = file === STDIN ? 'standard input' : basename(file)
  return `${name}, line ${line}${element === undefined ? '' : `, element ${element}`}`
}

/** What to do before the run can go on. */
const BEFORE_GOING_ON: Record<StopKind, string> = {
  interrupted: '',
  unauthorized: 'Check the Token ID. ',
  unreachable: '',
  storage: 'Make room, or name another file. '
}

/** Why a run ended early, how far it got, and how to go on: one line. */
export function describeStop({ stopped, isUnrepeatable, ...report }: ReplayReport, apiUrl: string): string {
  if (!stopped) return ''
  const { kind, message } = stopped
  const reason = kind === 'unauthorized' || kind === 'unreachable' ? `${apiUrl}: ${message}` : message
  const all = report.ledger ? `, and in all runs: ${formatNumber(report.ledger.totals.read)}` : ''
  const progress = `Calls done in this run: ${formatNumber(report.read)}${all}.`
  const goOn = isUnrepeatable
    ? 'Standard input cannot be read again: send it from its beginning, and what was delivered is a duplicate.'
    : 'To go on, run the same command again.'
  return `${reason} ${progress} ${BEFORE_GOING_ON[kind]}${goOn}`
}
