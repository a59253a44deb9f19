import { compareStrings, nonBlank, type Fields } from './lines'
import type { Action } from './types'

/** An accepted call. `at` is in milliseconds since 1970. */
export interface AcceptedCall {
  action: Action
  at: number
  id: string
  call: Fields
}

/** A user under the latest id, or a visitor under the anonymous id. */
export interface Person {
  known: boolean
  id: string
}

/** Orders by time, then by action, then by id. */
export const byTime = (one: AcceptedCall, other: AcceptedCall): number =>
  one.at - other.at || compareStrings(one.action, other.action) || compareStrings(one.id, other.id)

/**
 * Finds the person of each call: the same object for the same person.
 *
 * @param calls all accepted calls, sorted by time.
 */
export function resolvePeople(calls: AcceptedCall[]): (accepted: AcceptedCall) => Person {
  const users = mergedUsers(calls)
  const userIdsByVisitor = userIdsOfVisitors(calls)
  const visitors = new Map<string, Person>()
  return ({ call }) => {
    const anonymousId = nonBlank(call, 'anonymousId')
    const userId = nonBlank(call, 'userId') ?? userIdsByVisitor.get(anonymousId!)
    if (userId !== undefined) return users.get(userId)!
    if (!visitors.has(anonymousId!)) visitors.set(anonymousId!, { known: false, id: anonymousId! })
    return visitors.get(anonymousId!)!
  }
}

/** The person of each user id, after all aliases. */
function mergedUsers(calls: AcceptedCall[]): Map<string, Person> {
  const users = new Map<string, Person>()
  const userOf = (id: string) => users.get(id) ?? users.set(id, { known: true, id }).get(id)!
  const seen = (field: string) => new Set(calls.flatMap(({ call }) => nonBlank(call, field) ?? []))
  const userIds = seen('userId')
  const anonymousIds = seen('anonymousId')

  userIds.forEach(userOf)
  for (const { action, call } of calls) {
    if (action !== 'alias') continue
    const [newId, oldId] = [nonBlank(call, 'userId')!, nonBlank(call, 'previousId')!]
    // An anonymous id is claimed by the user instead: see userIdsOfVisitors.
    if (!userIds.has(oldId) && anonymousIds.has(oldId)) continue
    const [person, old] = [userOf(newId), userOf(oldId)]
    for (const [id, other] of users) if (other === old) users.set(id, person)
    person.id = newId
  }
  return users
}

/** The user id of each anonymous id: the first that logged in, signed up or aliased with it. */
function userIdsOfVisitors(calls: AcceptedCall[]): Map<string, string> {
  const claims = new Map<string, string>()
  const byIdOnly = (one: AcceptedCall, other: AcceptedCall) => one.at - other.at || compareStrings(one.id, other.id)
  for (const { action, call } of [...calls].sort(byIdOnly)) {
    const visitor = CLAIMED_BY[action] && nonBlank(call, CLAIMED_BY[action])
    if (visitor !== undefined && !claims.has(visitor)) claims.set(visitor, nonBlank(call, 'userId')!)
  }
  return claims
}

/** The field with the anonymous id that a call of an action claims. */
const CLAIMED_BY: Partial<Record<Action, string>> = {
  login: 'anonymousId',
  signup: 'anonymousId',
  alias: 'previousId'
}
