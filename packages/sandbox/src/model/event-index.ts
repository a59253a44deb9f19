import { sumBy } from 'lodash'
import { EventGroup } from './event-group'
import { getOrAdd } from './get-or-add'
import type { TimedEvent } from './timed-event'

type EventType = TimedEvent['type']

/**
 * The accepted events, each pair of type and id once. They are grouped when they are added, so that the metrics of a
 * million of them need not look at each again and again.
 */
export class EventIndex {
  private readonly byType = new Map<EventType, Map<string, TimedEvent>>()
  /** The events that have an External User ID, by that. */
  readonly ofUsers = new Map<string, EventGroup>()
  /** The events that have no External User ID, by their anonymous id. */
  readonly ofVisitors = new Map<string, EventGroup>()
  /** The anonymous ids of the events of users. Each event has the string that is kept here, so that there is one of each. */
  private readonly anonymousIdsOfUsers = new Map<string, string>()

  constructor(events: Iterable<TimedEvent> = []) {
    for (const event of events) this.add(event)
  }

  get size(): number {
    return sumBy([...this.byType.values()], 'size')
  }

  /** The events of some types. */
  ofTypes<Type extends EventType>(...types: Type[]): TimedEvent<Type>[] {
    return types.flatMap((type) => [...(this.byType.get(type)?.values() ?? [])]) as TimedEvent<Type>[]
  }

  /** All events. */
  all(): TimedEvent[] {
    return this.ofTypes(...this.byType.keys())
  }

  count(type: EventType): number {
    return this.byType.get(type)?.size ?? 0
  }

  find({ type, id }: { type: EventType; id: string }): TimedEvent | undefined {
    return this.byType.get(type)?.get(id)
  }

  /** Whether any event has this anonymous id. */
  hasAnonymousId(id: string): boolean {
    return this.ofVisitors.has(id) || this.anonymousIdsOfUsers.has(id)
  }

  /** Adds an event whose type and id are new. */
  add(event: TimedEvent): void {
    this.setOfType(event)
    const group = this.groupOf(event)
    this.shareIds(event, group.sample)
    group.add(event)
  }

  /** Puts a copy with the same ids in the place of an event. */
  replace(event: TimedEvent, copy: TimedEvent): void {
    this.setOfType(copy)
    this.groupOf(event).replace(event, copy)
  }

  /**
   * Gives an event the strings of its ids that are kept already: `JSON.parse` makes new ones each time.
   *
   * @param sample an earlier event of its group.
   */
  private shareIds(event: TimedEvent, sample: TimedEvent | undefined): void {
    const { external_user_id, anonymous_id } = event
    if (external_user_id !== undefined) event.external_user_id = sample?.external_user_id ?? external_user_id
    if (anonymous_id === undefined) return
    if (anonymous_id === sample?.anonymous_id) event.anonymous_id = sample.anonymous_id
    else if (external_user_id !== undefined) {
      event.anonymous_id = getOrAdd(this.anonymousIdsOfUsers, anonymous_id, () => anonymous_id)
    }
  }

  private setOfType(event: TimedEvent): void {
    getOrAdd(this.byType, event.type, () => new Map<string, TimedEvent>()).set(event.id, event)
  }

  /** A valid event has one of the two ids. */
  private groupOf({ external_user_id, anonymous_id }: TimedEvent): EventGroup {
    return external_user_id === undefined
      ? getOrAdd(this.ofVisitors, anonymous_id as string, newGroup)
      : getOrAdd(this.ofUsers, external_user_id, newGroup)
  }
}

const newGroup = () => new EventGroup()
