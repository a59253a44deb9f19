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
  /** Why the archives could not be read to their end. What was read before that is in the counts. */
  readError?: string
  /** Lines that are not Segment calls. */
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
  const { action, reason, retriesExhausted, file, line, call } = outcome
  let rejection = rejections.find((known) => known.action === action && known.reason === reason)
  if (rejection === undefined) rejections.push((rejection = { action, reason, retriesExhausted, calls: [] }))
  rejection.calls.push({ file, line, messageId: call.messageId })
}

/**
 * Sorts rejections by where their calls are in the archives, whichever was answered first.
 *
 * @param files the archives in the order in which they were read.
 */
export function sortRejections({ rejections }: ReplayReport, files: string[]): void {
  const byLocation = (a: SourceLocation, b: SourceLocation) =>
    files.indexOf(a.file) - files.indexOf(b.file) || a.line - b.line
  for (const { calls } of rejections) calls.sort(byLocation)
  rejections.sort(({ calls: [a] }, { calls: [b] }) => byLocation(a, b))
}
