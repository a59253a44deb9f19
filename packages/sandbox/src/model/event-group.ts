import { sum } from 'lodash'
import { summarize, type Summary } from './summary'
import { compareTimedEvents, type TimedEvent } from './timed-event'

/** The events of one External User ID, or of one anonymous id of visitors. */
export class EventGroup {
  private readonly events: TimedEvent[] = []
  /** Goes up with every change. */
  private version = 0
  /** What was last found of this group and others of the same person. */
  private known?: { groups: readonly EventGroup[]; version: number; summary: Summary }

  add(event: TimedEvent): void {
    this.events.push(event)
    this.version += 1
  }

  /** Puts a copy in the place of an event. */
  replace(event: TimedEvent, copy: TimedEvent): void {
    this.events[this.events.indexOf(event)] = copy
    this.version += 1
  }

  /** Any event of the group; undefined only while it is empty. */
  get sample(): TimedEvent | undefined {
    return this.events[0]
  }

  /**
   * What the events of a person say. It is computed anew only after a change, so that a panel of a million events need
   * not look at each for every new one.
   *
   * @param groups all groups of the person; at least one.
   */
  static summaryOf(groups: readonly EventGroup[]): Summary {
    const [first] = groups
    const version = sum(groups.map((group) => group.version))
    const { known } = first
    if (known?.version === version && isSame(known.groups, groups)) return known.summary
    // Most people have one group, and a copy of it would cost memory.
    const timedEvents = groups.length === 1 ? first.events : groups.flatMap(({ events }) => events)
    const summary = summarize(timedEvents.sort(compareTimedEvents))
    first.known = { groups, version, summary }
    return summary
  }
}

const isSame = (some: readonly EventGroup[], others: readonly EventGroup[]): boolean =>
  some.length === others.length && some.every((group, index) => group === others[index])
