import type { SourceLocation } from './archive'
import { addCounts, type Counts, noCounts } from './counts'
import type { Block, MalformedLine } from './delivery/blocks'
import type { StopKind } from './delivery/stop'

/** How many calls, lines or archives of a kind are named. There may be millions. */
export const MAX_EXAMPLES = 30

/** How many reasons are kept apart. */
const MAX_REASONS = 100

/** Calls that were rejected for the same reason under the same action. */
export interface Rejection {
  action: string
  reason: string
  /** Whether they might still be accepted, but every attempt was used up. */
  retriesExhausted: boolean
  count: number
  /** The first of them. */
  calls: (SourceLocation & { messageId: string | undefined })[]
}

/**
 * What became of everything that was read and has an outcome. When a run ends early, the rest is in no count: another run
 * sends it.
 */
export interface ReplayReport extends Counts {
  /** Accepted events by action. */
  actions: Record<string, number>
  /** By reason, in the order in which the calls were read. */
  rejections: Rejection[]
  /** The first lines that are not Segment calls, and elements of arrays that are not. */
  malformedLines: MalformedLine[]
  archives: {
    listed: number
    /** How many were delivered to their end by earlier runs, and were not read. */
    deliveredBefore: number
    /** How many could not be read to their end. What was read before the damage is in the counts. */
    unreadable: number
  }
  /** For the first archives that could not be read to their end, a sentence. */
  readErrors: string[]
  /** What became of the calls of the same archives in all runs, as the ledger knows it. */
  ledger?: { file: string; totals: Counts }
  /** Where the rejected calls of this run are written down, if there are any. */
  deadLetters?: string
  /** Whether something of it cannot be read again, such as standard input. */
  isUnrepeatable: boolean
  /** Why the run ended before everything was sent. */
  stopped?: { kind: StopKind; message: string }
}

export const emptyReport = (): ReplayReport => ({
  ...noCounts(),
  actions: {},
  rejections: [],
  malformedLines: [],
  archives: { listed: 0, deliveredBefore: 0, unreadable: 0 },
  readErrors: [],
  isUnrepeatable: false
})

/** Adds what became of a block. */
export function addBlock(report: ReplayReport, { counts, actions, deadLetters, malformedLines }: Block): void {
  addCounts(report, counts)
  for (const [action, accepted] of Object.entries(actions)) {
    report.actions[action] = (report.actions[action] ?? 0) + accepted
  }
  for (const { file, line, element, call, ...letter } of deadLetters) {
    const rejection = rejectionOf(report, letter)
    rejection.count += 1
    if (rejection.calls.length < MAX_EXAMPLES) rejection.calls.push({ file, line, element, messageId: call.messageId })
  }
  report.malformedLines.push(...malformedLines.slice(0, MAX_EXAMPLES - report.malformedLines.length))
}

/** Adds what another replay has reported of other archives. */
export function addReport(sum: ReplayReport, part: ReplayReport): void {
  addCounts(sum, part)
  for (const [action, accepted] of Object.entries(part.actions)) {
    sum.actions[action] = (sum.actions[action] ?? 0) + accepted
  }
  for (const { count, calls, ...letter } of part.rejections) {
    const rejection = rejectionOf(sum, letter)
    rejection.count += count
    rejection.calls.push(...calls.slice(0, MAX_EXAMPLES - rejection.calls.length))
  }
  sum.malformedLines.push(...part.malformedLines.slice(0, MAX_EXAMPLES - sum.malformedLines.length))
  sum.archives.unreadable += part.archives.unreadable
  sum.readErrors.push(...part.readErrors.slice(0, MAX_EXAMPLES - sum.readErrors.length))
  sum.deadLetters ??= part.deadLetters
}

function rejectionOf(
  { rejections }: ReplayReport,
  { action, reason, retriesExhausted }: Pick<Rejection, 'action' | 'reason' | 'retriesExhausted'>
): Rejection {
  const find = (wanted: string) =>
    rejections.find(
      (each) => each.action === action && each.reason === wanted && each.retriesExhausted === retriesExhausted
    )
  const name = find(reason) || rejections.length < MAX_REASONS ? reason : 'other reasons'
  const known = find(name)
  if (known) return known
  const added: Rejection = { action, reason: name, retriesExhausted, count: 0, calls: [] }
  rejections.push(added)
  return added
}

/**
 * Why not everything is delivered: a line is no call, a call was rejected, or an archive was not read to its end, in this
 * run or in an earlier one; or the run ended early.
 *
 * @param isDryRun whether nothing was sent.
 * @returns one sentence; undefined if each call was accepted, was a duplicate, is for no mapping, or was filtered out.
 */
export function incompleteReason(
  { archives, stopped, ledger, ...counts }: ReplayReport,
  isDryRun = false
): string | undefined {
  const { rejected, malformed } = ledger?.totals ?? counts
  const reasons = [
    stopped && 'the run ended early',
    counted(rejected, 'call was rejected', 'calls were rejected'),
    counted(malformed, 'line is no call', 'lines are no calls'),
    counted(archives.unreadable, 'archive was not read to its end', 'archives were not read to their end')
  ].filter((reason) => reason !== undefined)
  return reasons.length === 0
    ? undefined
    : `Not everything ${isDryRun ? 'would be' : 'was'} delivered: ${reasons.join(', ')}.`
}

const counted = (count: number, one: string, many: string): string | undefined =>
  count === 0 ? undefined : `${count.toLocaleString('en-US')} ${count === 1 ? one : many}`
