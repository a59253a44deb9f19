import type { SegmentEvent } from '@segment/actions-core'
import { DistinctTexts } from './distinct'
import { eventTime } from './event-time'
import { type NearMiss, nearMisses } from './near-misses'
import { countedTwice } from './parse-mappings'
import { type Mapping, router } from './router'

/** A number, and whether it is only the least that it may be, because there was more than is kept. */
export interface Count {
  count: number
  isAtLeast: boolean
}

/** What calls are, before anything is sent. */
export interface CallProfile {
  calls: number
  /** How many calls there are of each type, the most frequent first. */
  types: Record<string, number>
  /** How many track calls there are of each name, the most frequent first. */
  events: Record<string, number>
  /** Track calls with names that are not kept apart: there are too many of them, or they are too long. */
  otherEvents: number
  /** When the first and the last call happened, in ISO 8601; undefined if no call says when. */
  first?: string
  last?: string
  /** Calls that do not say when they happened. */
  withoutTime: number
  userIds: Count
  anonymousIds: Count
  /** Calls whose messageId an earlier call has. */
  repeatedMessageIds: Count
  /** Calls that no mapping matches, by type. */
  unmatched: Record<string, number>
  /** Calls that two mappings count, by the names of the mappings. */
  countedTwice: { mappings: [string, string]; calls: number }[]
  /** Names of track calls that look like one that a mapping asks for. */
  nearMisses: (NearMiss & { event: string; calls: number })[]
}

/** How many names are kept apart, and how long they may be. */
const MAX_NAMES = 10_000
const MAX_NAME_LENGTH = 200

/** Counts names in bounded memory. */
class NameCounts {
  readonly counts = new Map<string, number>()
  others = 0

  add(name: string): void {
    const count = this.counts.get(name)
    const isKept = count !== undefined || (this.counts.size < MAX_NAMES && name.length <= MAX_NAME_LENGTH)
    if (isKept) this.counts.set(name, (count ?? 0) + 1)
    else this.others += 1
  }

  sorted(): [string, number][] {
    return [...this.counts].sort(([nameA, a], [nameB, b]) => b - a || (nameA < nameB ? -1 : 1))
  }
}

/**
 * Makes a profile of calls, in bounded memory.
 *
 * @param mappings those of the customer.
 * @param idField the field of each action that has the ID of the event.
 * @param uncounted actions that only set something, so that nothing is counted.
 * @returns a function that adds a call, and one that gives the profile of those that were added.
 */
export function profiler(
  mappings: Mapping[],
  idField: string,
  uncounted: readonly string[] = []
): { add: (call: SegmentEvent) => void; profile: () => CallProfile } {
  const mappingsFor = router(mappings)
  const findNearMiss = nearMisses(mappings)
  const [types, events, unmatched] = [new NameCounts(), new NameCounts(), new NameCounts()]
  const [userIds, anonymousIds, messageIds] = [new DistinctTexts(), new DistinctTexts(), new DistinctTexts()]
  const pairs = new Map<string, CallProfile['countedTwice'][number]>()
  let [calls, withoutTime, repeated] = [0, 0, 0]
  let [first, last] = [Infinity, -Infinity]

  const addTime = (time: number | undefined) => {
    if (time === undefined) withoutTime += 1
    else [first, last] = [Math.min(first, time), Math.max(last, time)]
  }
  const addPair = (pair: [Mapping, Mapping] | undefined) => {
    if (!pair) return
    const names = pair.map(({ name, partnerAction }) => name ?? partnerAction) as [string, string]
    const key = JSON.stringify(names)
    const known = pairs.get(key) ?? { mappings: names, calls: 0 }
    pairs.set(key, { ...known, calls: known.calls + 1 })
  }

  return {
    add(call) {
      const { type, event, userId, anonymousId, messageId } = call
      calls += 1
      types.add(String(type))
      if (type === 'track') events.add(String(event ?? ''))
      addTime(eventTime(call))
      if (userId) userIds.add(String(userId))
      if (anonymousId) anonymousIds.add(String(anonymousId))
      if (messageId && messageIds.add(String(messageId))) repeated += 1
      const matching = mappingsFor(call)
      if (matching.length === 0) unmatched.add(String(type))
      addPair(countedTwice(matching, idField, uncounted))
    },
    profile: () => ({
      calls,
      types: Object.fromEntries(types.sorted()),
      events: Object.fromEntries(events.sorted()),
      otherEvents: events.others,
      first: first === Infinity ? undefined : new Date(first).toISOString(),
      last: last === -Infinity ? undefined : new Date(last).toISOString(),
      withoutTime,
      userIds: { count: userIds.count, isAtLeast: userIds.isFull },
      anonymousIds: { count: anonymousIds.count, isAtLeast: anonymousIds.isFull },
      repeatedMessageIds: { count: repeated, isAtLeast: messageIds.isFull },
      unmatched: Object.fromEntries(unmatched.sorted()),
      countedTwice: [...pairs.values()],
      nearMisses: events.sorted().flatMap(([event, count]) => {
        const found = findNearMiss(event)
        return found ? [{ event, calls: count, ...found }] : []
      })
    })
  }
}
