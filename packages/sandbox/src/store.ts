import type { WireEvent } from '@tractionboard/contract'
import { canonicalJson } from './json'
import { identify } from './model/identity'
import { inOrder } from './model/order'
import { project, type ReadModel, type Spend } from './model/project'

/** How an event relates to those that were accepted before: by its type and id it is new, the same, or another. */
export type Novelty = 'new' | 'same' | 'other'

/** The accepted events and the spend, in memory. */
export class Store {
  private readonly events = new Map<string, WireEvent>()
  private spend: Spend = {}
  private model: ReadModel | undefined

  /** How many events are kept. */
  get size(): number {
    return this.events.size
  }

  /** Looks an event up by its type and id together; the order of members does not make another event of it. */
  compare(event: WireEvent): Novelty {
    const known = this.events.get(keyOf(event))
    if (known === undefined) return 'new'
    return canonicalJson(known) === canonicalJson(event) ? 'same' : 'other'
  }

  /** Keeps an event that is new. */
  add(event: WireEvent): void {
    this.model = undefined
    this.events.set(keyOf(event), event)
  }

  /**
   * Erases the user who has or had an External User ID: the events of all their ids, and of every visitor who joined
   * them. Does nothing if there is no such user.
   */
  eraseUser(externalUserId: string): void {
    const ordered = inOrder(this.events.values()).map(({ event }) => event)
    const identity = identify(ordered)
    const user = identity.userById(externalUserId)
    if (user) this.erase((event) => identity.personOf(event) === user)
  }

  /** Erases the events that have this anonymous id and no External User ID. */
  eraseVisitor(anonymousId: string): void {
    this.erase(({ external_user_id, anonymous_id }) => external_user_id === undefined && anonymous_id === anonymousId)
  }

  /** Sets what was spent, which must be checked. */
  setSpend(spend: Spend): void {
    this.model = undefined
    this.spend = spend
  }

  /** Forgets all events. */
  clear(): void {
    this.erase(() => true)
  }

  /** All that can be read; computed anew only after a change. */
  read(): ReadModel {
    return (this.model ??= project(this.events.values(), this.spend))
  }

  private erase(isGone: (event: WireEvent) => boolean): void {
    this.model = undefined
    for (const [key, event] of this.events) if (isGone(event)) this.events.delete(key)
  }
}

/** No type of event has a blank in its name, so no two pairs of type and id give the same key. */
function keyOf({ type, id }: WireEvent): string {
  return `${type} ${id}`
}
