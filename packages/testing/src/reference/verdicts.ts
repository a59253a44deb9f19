import { asObject, compareStrings, nonBlank, valueAt, type Fields, type Line } from './lines'
import { parseMoney } from './money'
import { parseTimestamp } from './time'
import type { Action, Violation, Reason, Verdict } from './types'

/** The action of a call, or null if no mapping matches it. */
function actionOf(call: Fields): Action | null {
  switch (call.type) {
    case 'page':
    case 'screen':
      return 'visit'
    case 'identify':
      return call.userId != null && valueAt(call, 'context.personas.computation_key') == null ? 'login' : 'attribute'
    case 'track':
      return SPECIAL_EVENTS.get(call.event) ?? 'event'
    case 'group':
      return 'attribute'
    case 'alias':
      return 'alias'
    default:
      return null
  }
}

const SPECIAL_EVENTS = new Map<unknown, Action>([
  ['Payment Made', 'payment'],
  ['Refund Received', 'refund'],
  ['cancel', 'cancel'],
  ['signup', 'signup']
])

/** The attributes that a login or attribute call sets. */
export function attributesOf(call: Fields): Fields {
  const traits = asObject(call.traits)
  return call.type === 'group' ? { group: { id: call.groupId, ...(traits && { traits }) } } : (traits ?? {})
}

const NEED_A_USER: Action[] = ['login', 'cancel', 'signup', 'alias']

/** The first violation of a call, or undefined if it is valid. */
function findViolation(action: Action, call: Fields): Violation | undefined {
  const user = nonBlank(call, 'userId')
  const violation = (reason: Reason, field: string): Violation => ({ reason, field })

  if (!nonBlank(call, 'messageId')) return violation('blank message id', 'id')
  if (parseTimestamp(call.timestamp) === undefined) return violation('not a date', 'occurred_at')
  if (!user && NEED_A_USER.includes(action)) {
    return violation(call.userId == null ? 'no user' : 'blank user id', 'external_user_id')
  }
  if (!user && !nonBlank(call, 'anonymousId')) return violation('nobody', 'external_user_id')
  if (action === 'alias') {
    if (!nonBlank(call, 'previousId')) return violation('no previous id', 'previous_id')
    if (call.previousId === user) return violation('alias to itself', 'previous_id')
  }
  if (action === 'payment' || action === 'refund') {
    const paid = parseMoney(call)
    if ('reason' in paid) return paid
    if (action === 'payment' && paid.hundredths < 0n) return violation('negative payment', 'amount')
  }
  if (action === 'attribute' && Object.keys(attributesOf(call)).length === 0)
    return violation('no attributes', 'attributes')
  if (action === 'event' && !nonBlank(call, 'event')) return violation('no event name', 'name')
  return undefined
}

/** Decides on every call, in the order of the archive: the first with an action and id counts, and later ones do not. */
export function decideVerdicts(lines: Line[]): Verdict[] {
  const accepted = new Map<string, string>()
  return lines.map(({ file, line, call }): Verdict => {
    const action = actionOf(call)
    const verdict = { file, line, messageId: call.messageId, action }
    if (action === null) return { ...verdict, status: 'not subscribed' }
    const violation = findViolation(action, call)
    if (violation) return { ...verdict, status: 'rejected', ...violation }
    const key = JSON.stringify([action, call.messageId])
    const known = accepted.get(key)
    if (known === undefined) accepted.set(key, content(call))
    else if (known !== content(call)) return { ...verdict, status: 'rejected', reason: 'conflict', field: 'id' }
    return { ...verdict, status: known === undefined ? 'accepted' : 'duplicate' }
  })
}

/** The content of a call, without the order of its keys and what differs each time it is sent. */
function content({ receivedAt, sentAt, originalTimestamp, ...rest }: Fields): string {
  return JSON.stringify(rest, (_key, value: unknown) => {
    const object = asObject(value)
    return object
      ? Object.fromEntries(Object.entries(object).sort(([one], [other]) => compareStrings(one, other)))
      : value
  })
}
