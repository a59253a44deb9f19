import { attributesOf, isByEngage, readEvent, type Event } from './events'
import type { Line } from './lines'
import { parseMoney } from './money'
import { timeOf } from './time'
import type { Action, Reason, Verdict, Violation } from './types'
import { isDeeperThan, isPlaceholder, personId, textOf, valueAt, type Fields } from './values'

/** The action of a call, or null if no mapping matches it. */
function actionOf(call: Fields): Action | null {
  switch (call.type) {
    case 'page':
    case 'screen':
      return 'visit'
    case 'identify':
      return call.userId != null && call.userId !== '' && !isByEngage(call) ? 'login' : 'attribute'
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

const NEED_A_USER: Action[] = ['login', 'cancel', 'signup', 'alias']

/** actions-core cannot work through more levels of lists and objects. */
const MAX_DEPTH = 5_000

/** The first violation of a call, or undefined if it is valid. */
function findViolation(action: Action, call: Fields): Violation | undefined {
  const violation = (reason: Reason, field: string): Violation => ({ reason, field })
  if (call.context === null || valueAt(call, 'context.personas') === null || isDeeperThan(call, MAX_DEPTH)) {
    return violation('unprocessable', 'context')
  }

  const user = personId(call.userId)
  const messageId = textOf(call.messageId)
  if (!messageId || isPlaceholder(messageId)) return violation('blank message id', 'id')
  if (timeOf(call) === undefined) return violation('not a date', 'occurred_at')
  if (!user && NEED_A_USER.includes(action)) {
    return violation(call.userId == null || call.userId === '' ? 'no user' : 'unusable user id', 'external_user_id')
  }
  if (!user && !personId(call.anonymousId)) return violation('nobody', 'external_user_id')
  if (action === 'alias') {
    const previous = personId(call.previousId)
    if (!previous) return violation('no previous id', 'previous_id')
    if (previous === user) return violation('alias to itself', 'previous_id')
  }
  if (action === 'payment' || action === 'refund') {
    const paid = parseMoney(call)
    if ('reason' in paid) return paid
    if (action === 'payment' && paid.amount.units < 0n) return violation('negative payment', 'amount')
  }
  if (action === 'attribute' && Object.keys(attributesOf(call)).length === 0)
    return violation('no attributes', 'attributes')
  if (action === 'event' && !textOf(call.event)) return violation('no event name', 'name')
  return undefined
}

/**
 * Decides on every call, in the order of the archive, and gives the events that count.
 *
 * An action and id is accepted once. A copy is a duplicate if its content is the same, and the earliest of all copies
 * counts; of those at one instant the one with the smaller context. A copy with other content is a conflict.
 */
export function decideVerdicts(lines: Line[]): { verdicts: Verdict[]; events: Event[] } {
  const counting = new Map<string, Event>()
  const verdicts = lines.map(({ file, line, call }): Verdict => {
    const action = actionOf(call)
    const verdict = { file, line, messageId: call.messageId, action }
    if (action === null) return { ...verdict, status: 'not subscribed' }
    const violation = findViolation(action, call)
    if (violation) return { ...verdict, status: 'rejected', ...violation }
    const event = readEvent(action, call)
    const key = JSON.stringify([action, event.id])
    const known = counting.get(key)
    if (known && known.content !== event.content) {
      return { ...verdict, status: 'rejected', reason: 'conflict', field: 'id' }
    }
    if (!known || countsBefore(event, known)) counting.set(key, event)
    return { ...verdict, status: known ? 'duplicate' : 'accepted' }
  })
  return { verdicts, events: [...counting.values()] }
}

const countsBefore = (one: Event, other: Event) =>
  one.at < other.at || (one.at === other.at && one.context < other.context)
