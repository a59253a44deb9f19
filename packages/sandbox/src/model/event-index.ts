import { sumBy } from 'lodash'
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
  readonly ofUsers = new Map<string, TimedEvent[]>()
  /** The events that have no External User ID, by their anonymous id. */
  readonly ofVisitors = new Map<string, TimedEvent[]>()
  /** The anonymous ids of all events. */
  readonly anonymousIds = new Set<string>()

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

  /** Adds an event whose type and id are new. */
  add(event: TimedEvent): void {
    const { anonymous_id } = event
    this.setOfType(event)
    this.groupOf(event).push(event)
    if (anonymous_id !== undefined) this.anonymousIds.add(anonymous_id)
  }

  /** Puts a copy with the same ids in the place of an event. */
  replace(event: TimedEvent, copy: TimedEvent): void {
    const group = this.groupOf(event)
    this.setOfType(copy)
    group[group.indexOf(event)] = copy
  }

  private setOfType(event: TimedEvent): void {
    getOrAdd(this.byType, event.type, () => new Map<string, TimedEvent>()).set(event.id, event)
  }

  /** A valid event has one of the two ids. */
  private groupOf({ external_user_id, anonymous_id }: TimedEvent): TimedEvent[] {
    return external_user_id === undefined
      ? getOrAdd(this.ofVisitors, anonymous_id as string, () => [])
      : getOrAdd(this.ofUsers, external_user_id, () => [])
  }
}
