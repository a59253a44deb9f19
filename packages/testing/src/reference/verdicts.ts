import { at, compare, fields, text, type Fields, type Line } from './lines'
import { money } from './money'
import { instant } from './time'
import type { Action, Fault, Reason, Verdict } from './types'

/** The action of a call, or null if nothing subscribes to it. */
function actionOf(call: Fields): Action | null {
  switch (call.type) {
    case 'page':
    case 'screen':
      return 'visit'
    case 'identify':
      return call.userId != null && at(call, 'context.personas.computation_key') == null ? 'login' : 'attribute'
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
  const traits = fields(call.traits)
  return call.type === 'group' ? { group: { id: call.groupId, ...(traits && { traits }) } } : (traits ?? {})
}

const NEED_A_USER: Action[] = ['login', 'cancel', 'signup', 'alias']

/** What is wrong with a call, if anything is. */
function fault(action: Action, call: Fields): Fault | undefined {
  const user = text(call, 'userId')
  const says = (reason: Reason, field: string): Fault => ({ reason, field })

  if (!text(call, 'messageId')) return says('blank message id', 'id')
  if (instant(call.timestamp) === undefined) return says('not a date', 'occurred_at')
  if (!user && NEED_A_USER.includes(action)) {
    return says(call.userId == null ? 'no user' : 'blank user id', 'external_user_id')
  }
  if (!user && !text(call, 'anonymousId')) return says('nobody', 'external_user_id')
  if (action === 'alias') {
    if (!text(call, 'previousId')) return says('no previous id', 'previous_id')
    if (call.previousId === user) return says('alias to itself', 'previous_id')
  }
  if (action === 'payment' || action === 'refund') {
    const paid = money(call)
    if ('reason' in paid) return paid
    if (action === 'payment' && paid.hundredths < 0n) return says('negative payment', 'amount')
  }
  if (action === 'attribute' && Object.keys(attributesOf(call)).length === 0) return says('no attributes', 'attributes')
  if (action === 'event' && !text(call, 'event')) return says('no event name', 'name')
  return undefined
}

/** Judges every call, in the order of the archive: the first of those with the same action and id is the one that counts. */
export function judge(lines: Line[]): Verdict[] {
  const accepted = new Map<string, string>()
  return lines.map(({ file, line, call }): Verdict => {
    const action = actionOf(call)
    const verdict = { file, line, messageId: call.messageId, action }
    if (action === null) return { ...verdict, status: 'not subscribed' }
    const wrong = fault(action, call)
    if (wrong) return { ...verdict, status: 'rejected', ...wrong }
    const key = JSON.stringify([action, call.messageId])
    const known = accepted.get(key)
    if (known === undefined) accepted.set(key, content(call))
    else if (known !== content(call)) return { ...verdict, status: 'rejected', reason: 'conflict', field: 'id' }
    return { ...verdict, status: known === undefined ? 'accepted' : 'duplicate' }
  })
}

/** What a call says, whatever the order of its keys and the way it took. */
function content({ receivedAt, sentAt, originalTimestamp, ...said }: Fields): string {
  return JSON.stringify(said, (_key, value: unknown) => {
    const object = fields(value)
    return object ? Object.fromEntries(Object.entries(object).sort(([one], [other]) => compare(one, other))) : value
  })
}
