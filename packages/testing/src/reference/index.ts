import { dashboard } from './dashboard'
import { readLines } from './lines'
import { ACTIONS, type Reference, type Spend, type Status } from './types'
import { decideVerdicts } from './verdicts'

export * from './types'

/**
 * Computes from the lines of an archive what replaying it must lead to: `docs/metrics.md` in code.
 *
 * It shares no code with the destination or the sandbox, so that a mistake there cannot hide a mistake here.
 *
 * @param files the archive's files, newline-delimited JSON, gzipped or not; read in the order of their names.
 * @param spend what was spent to acquire customers.
 */
export function reference(files: string[], spend: Spend[] = []): Reference {
  const { calls, malformedLines } = readLines(files)
  const { verdicts, events } = decideVerdicts(calls)
  const count = (status: Status, action?: string) =>
    verdicts.filter((verdict) => verdict.status === status && (!action || verdict.action === action)).length
  return {
    lines: calls.length + malformedLines.length,
    malformedLines,
    calls: calls.length,
    totals: {
      accepted: count('accepted'),
      duplicate: count('duplicate'),
      rejected: count('rejected'),
      'not subscribed': count('not subscribed')
    },
    actions: Object.fromEntries(
      ACTIONS.map((action) => [
        action,
        {
          accepted: count('accepted', action),
          duplicate: count('duplicate', action),
          rejected: count('rejected', action)
        }
      ])
    ) as Reference['actions'],
    verdicts,
    ...dashboard(events, spend)
  }
}
