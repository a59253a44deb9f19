import type { SourceLocation } from './archive'
import type { Outcome, RejectedCall } from './sender'

/** Calls that were rejected for the same reason under the same action. */
export interface Rejection {
  action: string
  reason: string
  /** Whether they might still be accepted, but every attempt was used up. */
  retriesExhausted: boolean
  calls: (SourceLocation & { messageId: string | undefined })[]
}

/** What became of everything that was read. */
export interface ReplayReport {
  /** Calls read. The next four add up to it, as long as no call matches two mappings. */
  read: number
  accepted: number
  duplicates: number
  rejected: number
  notSubscribed: number
  /** Accepted events by action. */
  actions: Record<string, number>
  rejections: Rejection[]
  /** For each file that could not be read to its end, a sentence. What was read before the damage is in the counts. */
  readErrors: string[]
  /** Lines that are not Segment calls, and elements of arrays that are not. */
  malformedLines: (SourceLocation & { problem: string })[]
}

export const emptyReport = (): ReplayReport => ({
  read: 0,
  accepted: 0,
  duplicates: 0,
  rejected: 0,
  notSubscribed: 0,
  actions: {},
  rejections: [],
  readErrors: [],
  malformedLines: []
})

/** Counts what became of some calls. */
export function countOutcomes(report: ReplayReport, outcomes: Outcome[]): void {
  for (const outcome of outcomes) {
    if (outcome.status === 'rejected') {
      report.rejected += 1
      countRejection(report, outcome)
    } else if (outcome.status === 'duplicate') {
      report.duplicates += 1
    } else {
      report.accepted += 1
      report.actions[outcome.action] = (report.actions[outcome.action] ?? 0) + 1
    }
  }
}

function countRejection({ rejections }: ReplayReport, outcome: RejectedCall): void {
  const { action, reason, retriesExhausted, file, line, element, call } = outcome
  let rejection = rejections.find((known) => known.action === action && known.reason === reason)
  if (rejection === undefined) rejections.push((rejection = { action, reason, retriesExhausted, calls: [] }))
  rejection.calls.push({ file, line, element, messageId: call.messageId })
}

/**
 * Sorts rejections by where their calls are in the archives, whichever was answered first.
 *
 * @param files the archives in the order in which they were read.
 */
export function sortRejections({ rejections }: ReplayReport, files: string[]): void {
  const byLocation = (a: SourceLocation, b: SourceLocation) =>
    files.indexOf(a.file) - files.indexOf(b.file) || a.line - b.line || (a.element ?? 0) - (b.element ?? 0)
  for (const { calls } of rejections) calls.sort(byLocation)
  rejections.sort(({ calls: [a] }, { calls: [b] }) => byLocation(a, b))
}

/**
 * Why a replay did not deliver everything: a line is no call, a call was rejected, or a file was not read to its end.
 *
 * @returns one sentence, and what to do if it helps to try again; undefined if each call was accepted, was a duplicate,
 *   or is for no mapping.
 */
export function incompleteReason(report: ReplayReport): string | undefined {
  const { rejected, malformedLines, readErrors, rejections } = report
  const reasons = [
    counted(rejected, 'call was rejected', 'calls were rejected'),
    counted(malformedLines.length, 'line is no call', 'lines are no calls'),
    counted(readErrors.length, 'file was not read to its end', 'files were not read to their end')
  ].filter((reason) => reason !== undefined)
  if (reasons.length === 0) return undefined
  const canRetry = rejections.some(({ retriesExhausted }) => retriesExhausted)
  return `Not everything was delivered: ${reasons.join(', ')}.${canRetry ? ' Run the same command again: nothing is counted twice.' : ''}`
}

const counted = (count: number, one: string, many: string): string | undefined =>
  count === 0 ? undefined : `${count.toLocaleString('en-US')} ${count === 1 ? one : many}`
