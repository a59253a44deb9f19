import type { Erasure, Page, WireEvent } from '@tractionboard/contract'
import { isEmpty, isEqual, omit } from 'lodash'
import { canonicalJson } from './json'
import { resolveIdentities } from './model/identity'
import { buildReadModel, type ReadModel } from './model/read-model'
import type { SpendEntry } from './model/spend'
import { sortByTime } from './model/timed-event'
import { compareTimestamps, parseTimestamp, type Timestamp } from './model/timestamp'

/** The accepted events and the spend, in memory. */
export class Store {
  private readonly events = new Map<string, WireEvent>()
  private entries: readonly SpendEntry[] = []
  private model: ReadModel | undefined

  /** How many events are stored. */
  get size(): number {
    return this.events.size
  }

  /** What was spent to acquire customers. */
  get spend(): readonly SpendEntry[] {
    return this.entries
  }

  /**
   * Compares a valid event with the stored one of the same type and id: `new` if there is none, `duplicate` if at most
   * their `occurred_at` and `context` differ, or of a visit the properties that its page may have, else `conflict`.
   */
  classify(event: WireEvent): 'new' | 'duplicate' | 'conflict' {
    const stored = this.events.get(keyOf(event))
    if (stored === undefined) return 'new'
    return isEqual(contentOf(stored), contentOf(event)) ? 'duplicate' : 'conflict'
  }

  /** Stores an event that is new. */
  add(event: WireEvent): void {
    this.model = undefined
    this.events.set(keyOf(event), event)
  }

  /** Stores a duplicate in the place of the stored event if it comes before it (see `precedes`). */
  addDuplicate(event: WireEvent): void {
    if (precedes(event, this.events.get(keyOf(event)) as WireEvent)) this.add(event)
  }

  /**
   * Erases the user who has or had an External User ID, with the events of all their ids and of every visitor who became
   * this user; and the events that have an anonymous id and no External User ID. Does nothing if there is no such person.
   */
  erase({ external_user_id, anonymous_id }: Erasure): void {
    if (external_user_id !== undefined) this.eraseUser(external_user_id)
    if (anonymous_id !== undefined) {
      this.eraseWhere((event) => event.external_user_id === undefined && event.anonymous_id === anonymous_id)
    }
  }

  /** Replaces the spend, which must be valid. */
  setSpend(spend: readonly SpendEntry[]): void {
    this.model = undefined
    this.entries = spend
  }

  /** Erases all events. */
  clear(): void {
    this.eraseWhere(() => true)
  }

  /** What the sandbox shows; computed anew only after a change. */
  read(): ReadModel {
    return (this.model ??= buildReadModel(this.events.values(), this.entries))
  }

  private eraseUser(externalUserId: string): void {
    const identities = resolveIdentities(sortByTime(this.events.values()).map(({ event }) => event))
    const user = identities.userById(externalUserId)
    if (user) this.eraseWhere((event) => identities.personOf(event) === user)
  }

  private eraseWhere(isErased: (event: WireEvent) => boolean): void {
    this.model = undefined
    for (const [key, event] of this.events) if (isErased(event)) this.events.delete(key)
  }
}

/** No type of event has a space in its name, so no two pairs of type and id give the same key. */
function keyOf({ type, id }: WireEvent): string {
  return `${type} ${id}`
}

/** The parts of a page. */
const PAGE_PARTS = ['url', 'path', 'title', 'referrer', 'search'] satisfies (keyof Page)[]

/**
 * What must be the same in all copies of an event. The properties of a visit may repeat its page, which is a part of the
 * context, so they count without the page's parts.
 */
function contentOf({ occurred_at: _at, context: _context, ...content }: WireEvent): object {
  if (content.type !== 'visit') return content
  const properties = omit(content.properties, PAGE_PARTS)
  return { ...content, properties: isEmpty(properties) ? undefined : properties }
}

/**
 * Whether a copy of an event counts rather than another one: the earlier one does, and of two at one time the one whose
 * context is the smaller JSON text. So the order in which copies arrive never matters.
 */
function precedes(copy: WireEvent, other: WireEvent): boolean {
  const isSameText = copy.occurred_at === other.occurred_at
  const order = isSameText ? 0 : compareTimestamps(timestampOf(copy), timestampOf(other))
  return order === 0 ? contextText(copy) < contextText(other) : order < 0
}

function timestampOf({ occurred_at }: WireEvent): Timestamp {
  return parseTimestamp(occurred_at) as Timestamp
}

function contextText({ context }: WireEvent): string {
  return (context && canonicalJson(context)) ?? ''
}
