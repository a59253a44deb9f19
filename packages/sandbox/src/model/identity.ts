import type { EventIndex } from './event-index'
import { getOrAdd } from './get-or-add'
import { compareTimedEvents, type TimedEvent } from './timed-event'

/** A user, or a visitor who has not become one. */
export interface Person {
  /** The External User ID that counts now, or null for a visitor. */
  id: string | null
  /** Every External User ID of the person, the present one included. Empty for a visitor. */
  userIds: string[]
  anonymousIds: string[]
}

/** Which ids belong to which person. */
export interface Identities {
  /** The person an event belongs to: of its External User ID if it has one, else of its anonymous id. */
  personOf: (event: Pick<TimedEvent, 'external_user_id' | 'anonymous_id'>) => Person
  /** The user who has or had this External User ID, if any. */
  userById: (externalUserId: string) => Person | undefined
}

/**
 * Finds out which ids belong to the same person.
 *
 * - An alias merges the person of `previous_id` into the person of `external_user_id`, who is known by the latter from
 *   then on. Aliases are applied in order of time; one that closes a circle only changes the id that counts.
 * - An anonymous id belongs to the user who was the first to log in or sign up with it, or to claim it by an alias.
 *   Later users of the same device do not get it, and are not merged with the first.
 * - A `previous_id` that the events know as an anonymous id, and not as an External User ID, is claimed and not merged.
 *   One that they know as both is claimed and merged.
 *
 * @param events all the events.
 */
export function resolveIdentities(events: EventIndex): Identities {
  const users = new Map<string, Person>()
  const owners = new Map<string, string>()
  const visitors = new Map<string, Person>()

  const user = (id: string) => getOrAdd(users, id, () => ({ id, userIds: [id], anonymousIds: [] }))
  const visitor = (id: string) => getOrAdd(visitors, id, () => ({ id: null, userIds: [], anonymousIds: [id] }))
  const claim = (anonymousId: string, userId: string) => getOrAdd(owners, anonymousId, () => userId)

  const applyAlias = ({ external_user_id, previous_id }: TimedEvent<'alias'>) => {
    const isAnonymousId = events.hasAnonymousId(previous_id)
    if (isAnonymousId) claim(previous_id, external_user_id)
    if (isAnonymousId && !events.ofUsers.has(previous_id)) return
    merge(users, user(external_user_id), user(previous_id))
    user(external_user_id).id = external_user_id
  }

  for (const id of events.ofUsers.keys()) user(id)
  for (const event of events.ofTypes('alias', 'login', 'signup').sort(compareTimedEvents)) {
    if (event.type === 'alias') applyAlias(event)
    else if (event.anonymous_id !== undefined) claim(event.anonymous_id, event.external_user_id)
  }
  for (const [anonymousId, userId] of owners) user(userId).anonymousIds.push(anonymousId)

  return {
    personOf: ({ external_user_id, anonymous_id }) => {
      if (external_user_id !== undefined) return user(external_user_id)
      const anonymousId = anonymous_id as string
      const owner = owners.get(anonymousId)
      return owner === undefined ? visitor(anonymousId) : user(owner)
    },
    userById: (externalUserId) => users.get(externalUserId)
  }
}

function merge(users: Map<string, Person>, one: Person, other: Person): void {
  if (one === other) return
  // Moving the smaller of the two keeps long chains of aliases fast; the caller says which id counts.
  const [small, large] = one.userIds.length < other.userIds.length ? [one, other] : [other, one]
  for (const id of small.userIds) {
    large.userIds.push(id)
    users.set(id, large)
  }
}
