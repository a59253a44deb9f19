import { compare, text, type Fields } from './lines'
import type { Action } from './types'

/** A call that counts, and when it happened. */
export interface Happening {
  action: Action
  at: number
  id: string
  call: Fields
}

/** Somebody: a user under the latest id, or a visitor under the anonymous id. */
export interface Person {
  known: boolean
  id: string
}

/** In time; at the same moment by action, then by id. */
export const inTime = (one: Happening, other: Happening): number =>
  one.at - other.at || compare(one.action, other.action) || compare(one.id, other.id)

/**
 * Finds out who is who. Gives for each happening the person it is about, one and the same object for the same person.
 *
 * @param happenings every call that counts, in time.
 */
export function whoIsWho(happenings: Happening[]): (happening: Happening) => Person {
  const users = mergedUsers(happenings)
  const claims = claimedVisitors(happenings)
  const visitors = new Map<string, Person>()
  return ({ call }) => {
    const anonymousId = text(call, 'anonymousId')
    const userId = text(call, 'userId') ?? claims.get(anonymousId!)
    if (userId !== undefined) return users.get(userId)!
    if (!visitors.has(anonymousId!)) visitors.set(anonymousId!, { known: false, id: anonymousId! })
    return visitors.get(anonymousId!)!
  }
}

/** The person of each user id, after every alias, in time. */
function mergedUsers(happenings: Happening[]): Map<string, Person> {
  const users = new Map<string, Person>()
  const userOf = (id: string) => users.get(id) ?? users.set(id, { known: true, id }).get(id)!
  const seen = (field: string) => new Set(happenings.flatMap(({ call }) => text(call, field) ?? []))
  const userIds = seen('userId')
  const anonymousIds = seen('anonymousId')

  userIds.forEach(userOf)
  for (const { action, call } of happenings) {
    if (action !== 'alias') continue
    const [newId, oldId] = [text(call, 'userId')!, text(call, 'previousId')!]
    // An id that only ever was a visitor's is claimed instead, once and for all: see below.
    if (!userIds.has(oldId) && anonymousIds.has(oldId)) continue
    const [person, old] = [userOf(newId), userOf(oldId)]
    for (const [id, other] of users) if (other === old) users.set(id, person)
    person.id = newId
  }
  return users
}

/** The user id that was the first to log in or sign up as a visitor, or to claim the visitor by an alias. */
function claimedVisitors(happenings: Happening[]): Map<string, string> {
  const claims = new Map<string, string>()
  const byIdOnly = (one: Happening, other: Happening) => one.at - other.at || compare(one.id, other.id)
  for (const { action, call } of [...happenings].sort(byIdOnly)) {
    const visitor = CLAIMED_BY[action] && text(call, CLAIMED_BY[action])
    if (visitor !== undefined && !claims.has(visitor)) claims.set(visitor, text(call, 'userId')!)
  }
  return claims
}

/** Which field of which calls says that a visitor is that user. */
const CLAIMED_BY: Partial<Record<Action, string>> = {
  login: 'anonymousId',
  signup: 'anonymousId',
  alias: 'previousId'
}
