import type { SegmentEvent } from '@segment/actions-core'
import type { Entry } from '../archive'
import type { Mapping } from '../router'
import type { Block } from './blocks'

/** An entry that is a call. */
export type CallEntry = Extract<Entry, { call: SegmentEvent }>

/**
 * Calls of one mapping that are sent together. Lists side by side and no list of objects: an archive has millions of
 * calls.
 */
export interface Batch {
  mapping: Mapping
  entries: CallEntry[]
  calls: SegmentEvent[]
  /** The block of each call. */
  blocks: Block[]
  /** Which entry of its block each call is. */
  offsets: number[]
  /** The bytes of the calls, as they were read. */
  bytes: number
}

export const emptyBatch = (mapping: Mapping): Batch => ({
  mapping,
  entries: [],
  calls: [],
  blocks: [],
  offsets: [],
  bytes: 0
})

/** Adds a call to a batch. */
export function addCall(batch: Batch, entry: CallEntry, bytes: number, block: Block, offset: number): void {
  batch.entries.push(entry)
  batch.calls.push(entry.call)
  batch.blocks.push(block)
  batch.offsets.push(offset)
  batch.bytes += bytes
}

/** The calls of a batch with these indexes. */
export function pick(batch: Batch, indexes: number[]): Batch {
  const picked = emptyBatch(batch.mapping)
  for (const index of indexes) addCall(picked, batch.entries[index], 0, batch.blocks[index], batch.offsets[index])
  return picked
}

/** The ids of the calls of a batch. A call without an id has none. */
export const messageIds = ({ calls }: Batch): Set<unknown> => {
  const ids = new Set<unknown>()
  for (const { messageId } of calls) if (messageId) ids.add(messageId)
  return ids
}
