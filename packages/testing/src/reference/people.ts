import type { Event } from './events'
import { ACTIONS, type Action } from './types'
import { compareStrings } from './values'

/** A user under the latest id, or a visitor under the anonymous id. */
export interface Person {
  known: boolean
  id: string
}

/** Orders by time, then by action, then by id. */
export const byTime = (one: Event, other: Event): number =>
  (one.at < other.at ? -1 : one.at > other.at ? 1 : 0) ||
  ACTIONS.indexOf(one.action) - ACTIONS.indexOf(other.action) ||
  compareStrings(one.id, other.id)

/**
 * Finds the person of each event: the same object for the same person.
 *
 * @param events all accepted events, sorted by time.
 */
export function resolvePeople(events: Event[]): (event: Event) => Person {
  const users = mergedUsers(events)
  const userIdsByVisitor = userIdsOfVisitors(events)
  const visitors = new Map<string, Person>()
  return ({ userId, anonymousId }) => {
    const user = users.get(userId ?? userIdsByVisitor.get(anonymousId!)!)
    if (user) return user
    if (!visitors.has(anonymousId!)) visitors.set(anonymousId!, { known: false, id: anonymousId! })
    return visitors.get(anonymousId!)!
  }
}

/** The person of each user id, after all aliases. */
function mergedUsers(events: Event[]): Map<string, Person> {
  const users = new Map<string, Person>()
  const userOf = (id: string) => users.get(id) ?? users.set(id, { known: true, id }).get(id)!
  const userIds = new Set(events.flatMap(({ userId }) => userId ?? []))
  const anonymousIds = new Set(events.flatMap(({ anonymousId }) => anonymousId ?? []))

  userIds.forEach(userOf)
  for (const { action, userId: newId, previousId: oldId } of events) {
    if (action !== 'alias') continue
    // An anonymous id is claimed by the user instead: see userIdsOfVisitors.
    if (!userIds.has(oldId!) && anonymousIds.has(oldId!)) continue
    const [person, old] = [userOf(newId!), userOf(oldId!)]
    for (const [id, other] of users) if (other === old) users.set(id, person)
    person.id = newId!
  }
  return users
}

/** The user id of each anonymous id: the first that logged in, signed up or aliased with it. */
function userIdsOfVisitors(events: Event[]): Map<string, string> {
  const claims = new Map<string, string>()
  for (const event of events) {
    const field = CLAIMED_BY[event.action]
    const visitor = field && event[field]
    if (visitor !== undefined && !claims.has(visitor)) claims.set(visitor, event.userId!)
  }
  return claims
}

/** The field with the anonymous id that an event of an action claims. */
const CLAIMED_BY: Partial<Record<Action, 'anonymousId' | 'previousId'>> = {
  login: 'anonymousId',
  signup: 'anonymousId',
  alias: 'previousId'
}
