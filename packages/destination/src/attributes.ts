import { membersOf, nestedMembers, personId, stringValue, undefinedIfEmpty } from './values'
import type { Members } from './values'

/** The fields with the attributes of a user, after Segment has resolved their mapping. */
interface AttributesPayload {
  attributes?: Members
  fallback_attributes?: Members
}

/**
 * The attributes of a user. An attribute `group` that is an object with an `id` is the group of the user: see
 * `Attributes` in the wire contract. Without an ID that counts, the group is left out.
 *
 * @param payload the payload of an action.
 * @returns its attributes, or else its fallback attributes; `undefined` if there are none.
 */
export function attributesOf({ attributes, fallback_attributes }: AttributesPayload): Members | undefined {
  const members = membersOf(attributes) ?? membersOf(fallback_attributes)
  const group = nestedMembers(members?.group)
  return group && 'id' in group ? undefinedIfEmpty({ ...members, group: knownGroup(group) }) : members
}

function knownGroup(group: Members): Members | undefined {
  const id = personId(stringValue(group.id))
  return id === undefined ? undefined : { ...group, id, traits: nestedMembers(group.traits) }
}
