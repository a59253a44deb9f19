import type { Place } from './archive'
import type { Delivery } from './sender'

/** Calls that were rejected for the same reason under the same action. */
export interface Rejection {
  action: string
  reason: string
  /** Whether they might have been taken later, but the command did not wait any longer. */
  gaveUp: boolean
  calls: (Place & { messageId: string | undefined })[]
}

/** What became of everything that was read. */
export interface Tally {
  /** Calls read: the sum of the four below, where each call is for one mapping at the most. */
  read: number
  accepted: number
  duplicates: number
  rejected: number
  notSubscribed: number
  /** The number of accepted events, by action. */
  actions: Record<string, number>
  rejections: Rejection[]
  /** Why the archives could not be read to their end, if they could not. What was read before is in the counts. */
  unread?: string
  /** Lines that are no calls. */
  broken: (Place & { problem: string })[]
}

/** A tally of nothing. */
export const emptyTally = (): Tally => ({
  read: 0,
  accepted: 0,
  duplicates: 0,
  rejected: 0,
  notSubscribed: 0,
  actions: {},
  rejections: [],
  broken: []
})

/** Counts what became of some calls. */
export function count(tally: Tally, deliveries: Delivery[]): void {
  for (const delivery of deliveries) {
    tally[delivery.verdict] += 1
    if (delivery.verdict === 'accepted') tally.actions[delivery.action] = (tally.actions[delivery.action] ?? 0) + 1
    if (delivery.verdict === 'rejected') countRejection(tally, delivery)
  }
}

function countRejection({ rejections }: Tally, delivery: Delivery & { verdict: 'rejected' }): void {
  const { action, reason, gaveUp, file, line, call } = delivery
  let rejection = rejections.find((known) => known.action === action && known.reason === reason)
  if (rejection === undefined) rejections.push((rejection = { action, reason, gaveUp, calls: [] }))
  rejection.calls.push({ file, line, messageId: call.messageId })
}

/**
 * Puts rejections in the order in which their calls stand in the archives, whatever was answered first.
 *
 * @param files the archives in the order in which they were read.
 */
export function sortRejections({ rejections }: Tally, files: string[]): void {
  const byPlace = (a: Place, b: Place) => files.indexOf(a.file) - files.indexOf(b.file) || a.line - b.line
  for (const { calls } of rejections) calls.sort(byPlace)
  rejections.sort(({ calls: [a] }, { calls: [b] }) => byPlace(a, b))
}
