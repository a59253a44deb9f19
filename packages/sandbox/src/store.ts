import type { Erasure, Page, WireEvent } from '@tractionboard/contract'
import { isEmpty, isEqual, omit } from 'lodash'
import { compactEvent } from './compact-event'
import { canonicalJson } from './json'
import { EventIndex } from './model/event-index'
import { resolveIdentities } from './model/identity'
import { buildReadModel, type ReadModel } from './model/read-model'
import type { SpendEntry } from './model/spend'
import type { TimedEvent } from './model/timed-event'
import { compareTimestamps } from './model/timestamp'
import { StringPool } from './string-pool'

/** The accepted events and the spend, in memory. */
export class Store {
  private events = new EventIndex()
  private strings = new StringPool()
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
    const stored = this.events.find(event)
    if (stored === undefined) return 'new'
    return isEqual(contentOf(stored), contentOf(event)) ? 'duplicate' : 'conflict'
  }

  /** Stores an event that is new, and takes it over: nobody else may use it any more. */
  add(event: WireEvent): void {
    this.model = undefined
    this.events.add(compactEvent(event, this.strings))
  }

  /** Stores a duplicate in the place of the stored event if it comes before it (see `precedes`), and takes it over. */
  addDuplicate(event: WireEvent): void {
    const stored = this.events.find(event) as TimedEvent
    const copy = compactEvent(event, this.strings)
    if (!precedes(copy, stored)) return
    this.model = undefined
    this.events.replace(stored, copy)
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

  /** What the sandbox shows; computed anew only after a change, until which it is valid. */
  read(): ReadModel {
    return (this.model ??= buildReadModel(this.events, this.entries))
  }

  private eraseUser(externalUserId: string): void {
    const identities = resolveIdentities(this.events)
    const user = identities.userById(externalUserId)
    if (user) this.eraseWhere((event) => identities.personOf(event) === user)
  }

  private eraseWhere(isErased: (event: TimedEvent) => boolean): void {
    this.model = undefined
    this.events = new EventIndex(this.events.all().filter((event) => !isErased(event)))
    // Some of its strings may belong to nobody else.
    this.strings = new StringPool()
  }
}

/** The parts of a page. */
const PAGE_PARTS = ['url', 'path', 'title', 'referrer', 'search'] satisfies (keyof Page)[]

/**
 * What must be the same in all copies of an event. The properties of a visit may repeat its page, which is a part of the
 * context, so they count without the page's parts.
 */
function contentOf({ occurred_at: _at, context: _context, ...content }: WireEvent | TimedEvent): object {
  if (content.type !== 'visit') return content
  const properties = omit(content.properties, PAGE_PARTS)
  return { ...content, properties: isEmpty(properties) ? undefined : properties }
}

/**
 * Whether a copy of an event counts rather than another one: the earlier one does, and of two at one time the one whose
 * context is the smaller JSON text. So the order in which copies arrive never matters.
 */
function precedes(copy: TimedEvent, other: TimedEvent): boolean {
  const order = compareTimestamps(copy.occurred_at, other.occurred_at)
  return order === 0 ? contextText(copy) < contextText(other) : order < 0
}

function contextText({ context }: TimedEvent): string {
  return (context && canonicalJson(context)) ?? ''
}
