import { dashboard } from './dashboard'
import { readLines } from './lines'
import type { AcceptedCall } from './people'
import { parseTimestamp } from './time'
import { ACTIONS, type Amounts, type Reference, type Status } from './types'
import { decideVerdicts } from './verdicts'

export * from './types'

/**
 * Computes from the lines of an archive what replaying it must lead to.
 *
 * It shares no code with the destination or the sandbox, so that a mistake there cannot hide a mistake here.
 *
 * @param files the archive's files, gzipped newline-delimited JSON; read in the order of their names.
 * @param spend what was spent to acquire users, such as `{ USD: '12000.00' }`.
 */
export function reference(files: string[], spend: Amounts): Reference {
  const { calls, malformedLines } = readLines(files)
  const verdicts = decideVerdicts(calls)
  const count = (status: Status, action?: string) =>
    verdicts.filter((verdict) => verdict.status === status && (!action || verdict.action === action)).length
  const acceptedCalls = verdicts.flatMap(({ status, action, messageId }, index): AcceptedCall[] => {
    const { call } = calls[index]
    return status === 'accepted'
      ? [{ action: action!, at: parseTimestamp(call.timestamp)!, id: messageId as string, call }]
      : []
  })
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
    ...dashboard(acceptedCalls, spend)
  }
}
