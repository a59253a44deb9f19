import { dashboard } from './dashboard'
import { readLines } from './lines'
import type { Happening } from './people'
import { instant } from './time'
import { ACTIONS, type Amounts, type Reference, type Status } from './types'
import { judge } from './verdicts'

export * from './types'

/**
 * Works out, straight from the lines of an archive, what must come out of replaying it.
 *
 * It is written apart from the destination and the sandbox, and uses nothing of them, so that what it says and what
 * they do can be wrong only independently of each other.
 *
 * @param files the archive's files, gzipped newline-delimited JSON; they are read in the order of their names.
 * @param spend what was spent to acquire users, such as `{ USD: '12000.00' }`.
 */
export function reference(files: string[], spend: Amounts): Reference {
  const { calls, broken } = readLines(files)
  const verdicts = judge(calls)
  const count = (status: Status, action?: string) =>
    verdicts.filter((verdict) => verdict.status === status && (!action || verdict.action === action)).length
  const happenings = verdicts.flatMap(({ status, action, messageId }, index): Happening[] => {
    const { call } = calls[index]
    return status === 'accepted'
      ? [{ action: action!, at: instant(call.timestamp)!, id: messageId as string, call }]
      : []
  })
  return {
    lines: calls.length + broken.length,
    broken,
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
    ...dashboard(happenings, spend)
  }
}
