import { batchBytesOf, batchSizeOf, type Mapping } from '../router'
import { addCall, type Batch, type CallEntry, emptyBatch } from './batch'
import type { Block } from './blocks'

/**
 * Collects the calls of one mapping until they are a batch. What Segment counts is the bytes of the mapped payloads; here
 * the bytes of the calls as they were read are counted, which is free, and about as many. A destination that is told that
 * a batch is too large splits it.
 */
export class BatchQueue {
  private batch: Batch

  /** @param maxSize the most calls of a batch, if that is less than what the mapping says. */
  constructor(
    private readonly mapping: Mapping,
    maxSize = Infinity
  ) {
    this.batch = emptyBatch(mapping)
    this.size = Math.min(batchSizeOf(mapping), maxSize)
    this.bytes = batchBytesOf(mapping)
  }

  private readonly size: number
  private readonly bytes: number

  /** The block of the oldest call in it. */
  get oldestBlock(): Block | undefined {
    return this.batch.blocks[0]
  }

  get pendingBytes(): number {
    return this.batch.bytes
  }

  /**
   * Adds a call.
   *
   * @returns a batch that is ready to be sent, if there is one now.
   */
  add(entry: CallEntry, bytes: number, block: Block, offset: number): Batch | undefined {
    const full = this.batch.bytes + bytes > this.bytes ? this.take() : undefined
    addCall(this.batch, entry, bytes, block, offset)
    return full ?? (this.batch.calls.length >= this.size ? this.take() : undefined)
  }

  /** Takes what is in it as a batch, if anything is. */
  take(): Batch | undefined {
    if (this.batch.calls.length === 0) return undefined
    const { batch } = this
    this.batch = emptyBatch(this.mapping)
    return batch
  }
}
