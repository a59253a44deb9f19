import type { SegmentEvent } from '@segment/actions-core'
import type { Entry } from '../archive'
import { DistinctTexts } from '../distinct'
import { errorMessage } from '../errors'
import { isRetried, retryDelay, type RetryOptions } from '../retry'
import { router, type Mapping } from '../router'
import { type Batch, messageIds, pick } from './batch'
import { BatchQueue } from './batch-queue'
import { type Block, eventName, newBlock, type OpenArchive } from './blocks'
import type { Clock } from './clock'
import type { Gate } from './gate'
import { bodyStatus, isDuplicate, reasonOf } from './result'
import type { Result, Sender } from './sender'
import type { ServerHealth } from './server-health'
import { Stop } from './stop'

export interface PipelineOptions {
  mappings: Mapping[]
  /** Which calls are sent. */
  filter: (call: SegmentEvent) => boolean
  /** The most calls of the batches of a mapping. */
  maxBatchSize: (mapping: Mapping) => number
  /** One for each batch that may be on its way at the same time. */
  senders: Sender[]
  gate: Gate
  health: ServerHealth
  retry: RetryOptions
  clock: Clock
  /** Once it is aborted, nothing waits and nothing is tried again. What is on its way is finished. */
  halt: AbortController
  /** Reads the names of the events that are written down as delivered. Undefined if nothing is written down. */
  readDelivered?: () => DistinctTexts
  /** Is told of a block before anything of it is sent. */
  onStart: (block: Block) => void
  /** Is told of blocks of which everything has an outcome, in the order in which they were read. */
  onSettled: (blocks: Block[]) => void
}

/** A batch that is on its way, and the ids of its calls. */
interface BatchInFlight {
  batch: Batch
  ids: Set<unknown>
  done: Promise<void>
}

/** After how many further blocks a batch is sent although it is not full, so that no block waits long for a rare mapping. */
const MAX_BLOCKS_OPEN = 16

/** How many bytes of calls may wait for a batch or for an answer. In memory, they take some four times as much. */
const MAX_PENDING_BYTES = 24 * 1024 * 1024

/**
 * Takes blocks of entries, sends each call to the mappings that it matches, in batches and again where that may help, and
 * hands the blocks back in order as soon as everything in them has an outcome.
 *
 * Several batches are on their way at once, but no two of one mapping that share an id: of two calls with one id, the
 * first arrives first.
 */
export class Pipeline {
  private readonly queues: Map<Mapping, BatchQueue>
  private readonly mappingsFor: (call: SegmentEvent) => Mapping[]
  private readonly freeSenders: Sender[]
  private readonly inFlight = new Set<BatchInFlight>()
  /** Blocks that are not handed back yet, in order. */
  private readonly open: Block[] = []
  /** The names of the events that are known to be delivered. What is written down is read when it must be known. */
  private delivered?: DistinctTexts
  private failure: Error | undefined
  private cannotHandBack = false

  constructor(private readonly options: PipelineOptions) {
    const { mappings, senders, maxBatchSize } = options
    this.queues = new Map(mappings.map((mapping) => [mapping, new BatchQueue(mapping, maxBatchSize(mapping))]))
    this.mappingsFor = router(mappings)
    this.freeSenders = [...senders]
    if (!options.readDelivered) this.delivered = new DistinctTexts()
  }

  /**
   * Takes the next entries of an archive. Waits while too much is on its way.
   *
   * @param start how many entries of the archive come before.
   * @param isLast whether the archive ends with them.
   * @throws Stop once nothing more is to be sent.
   */
  async add(archive: OpenArchive, start: number, entries: Entry[], isLast: boolean): Promise<void> {
    await this.makeRoom()
    const block = newBlock(archive, start, entries, isLast)
    this.open.push(block)
    this.options.onStart(block)
    for (let offset = 0; offset < entries.length; offset += 1) {
      const batches = this.enqueue(entries[offset], block, offset)
      if (batches) for (const batch of batches) await this.dispatch(batch)
    }
    block.open -= 1
    this.handBack()
  }

  /** Sends what is left, as far as it need not wait once the signal is aborted, and waits for all that is on its way. */
  async finish(): Promise<void> {
    try {
      for (const queue of this.queues.values()) await this.flush(queue)
    } finally {
      await Promise.all([...this.inFlight].map(({ done }) => done))
    }
    this.throwIfFailed()
  }

  /** Waits for all that is on its way, and sends nothing more. */
  async abandon(): Promise<void> {
    await Promise.all([...this.inFlight].map(({ done }) => done))
  }

  /** Whether everything that was taken has an outcome. */
  get isSettled(): boolean {
    return this.open.length === 0
  }

  /** Counts an entry, and puts it into the queues of its mappings. Gives the batches that are ready by that. */
  private enqueue(entry: Entry, block: Block, offset: number): Batch[] | undefined {
    const { counts } = block
    if ('problem' in entry) {
      counts.malformed += 1
      block.malformedLines.push(entry)
      return undefined
    }
    counts.read += 1
    if (!this.options.filter(entry.call)) {
      counts.filteredOut += 1
      return undefined
    }
    const mappings = this.mappingsFor(entry.call)
    if (mappings.length === 0) counts.notSubscribed += 1
    else counts.furtherMappings += mappings.length - 1
    let ready: Batch[] | undefined
    for (const mapping of mappings) {
      block.open += 1
      const batch = this.queues.get(mapping)?.add(entry, entry.bytes, block, offset)
      if (batch) (ready ??= []).push(batch)
    }
    return ready
  }

  private async makeRoom(): Promise<void> {
    if (this.open.length >= MAX_BLOCKS_OPEN) {
      const oldEnough = new Set(this.open.slice(0, this.open.length - MAX_BLOCKS_OPEN + 1))
      for (const queue of this.queues.values()) {
        if (queue.oldestBlock && oldEnough.has(queue.oldestBlock)) await this.flush(queue)
      }
    }
    const isFull = () => this.pendingBytes() > MAX_PENDING_BYTES || this.open.length >= 2 * MAX_BLOCKS_OPEN
    while (isFull() && !this.options.halt.signal.aborted) {
      const [fullest] = [...this.queues.values()].sort((a, b) => b.pendingBytes - a.pendingBytes)
      if (this.inFlight.size === 0) await this.flush(fullest)
      await this.someDone()
      this.throwIfFailed()
    }
  }

  private pendingBytes(): number {
    let bytes = 0
    for (const queue of this.queues.values()) bytes += queue.pendingBytes
    for (const { batch } of this.inFlight) bytes += batch.bytes
    return bytes
  }

  private async flush(queue: BatchQueue): Promise<void> {
    const batch = queue.take()
    if (batch) await this.dispatch(batch)
  }

  /** Puts a batch on its way as soon as it may be. */
  private async dispatch(batch: Batch): Promise<void> {
    const ids = messageIds(batch)
    for (;;) {
      this.throwIfFailed()
      const conflicting = [...this.inFlight].find((other) => sharesIds(other, batch.mapping, ids))
      if (conflicting) await conflicting.done
      else if (this.freeSenders.length === 0) await this.someDone()
      else break
    }
    const sender = this.freeSenders.pop() as Sender
    const flight: BatchInFlight = { batch, ids, done: Promise.resolve() }
    this.inFlight.add(flight)
    flight.done = this.deliver(batch, sender)
      .catch((error: unknown) => this.fail(error))
      .finally(() => {
        this.inFlight.delete(flight)
        this.freeSenders.push(sender)
      })
  }

  private someDone = (): Promise<void> => Promise.race([...this.inFlight].map(({ done }) => done))

  private fail(error: unknown): void {
    if (error instanceof Stop && error.kind === 'interrupted') return
    this.failure ??= error instanceof Error ? error : new Error(errorMessage(error))
    this.options.halt.abort(error)
  }

  private throwIfFailed(): void {
    if (this.failure) throw this.failure
  }

  /** Sends a batch until each of its calls has an outcome. */
  private async deliver(batch: Batch, sender: Sender): Promise<void> {
    const { gate, health, retry, clock } = this.options
    const { signal } = this.options.halt
    const startedAt = clock.now()
    /** Ids of calls that may have arrived in an attempt whose answer did not. */
    const uncertain = new Set<unknown>()
    let rest = batch
    for (let failures = 0, counted = 0; ;) {
      await gate.pass(rest.calls.length)
      this.throwIfFailed()
      const { results, retryAfterMs } = await sender.send(rest.mapping, rest.calls)
      throwIfUnauthorized(results)
      const again = this.settle(rest, results, uncertain)
      const isAnswered = again.length < results.length || again.some((index) => isKnownRejection(results[index]))
      if (isAnswered) health.answered()
      if (again.length === 0) break
      const reason = reasonOf(results[again[0]])
      failures += 1
      if (retryAfterMs === undefined) counted += 1
      if (counted >= retry.attempts && health.hasAnsweredSince(startedAt)) {
        for (const index of again) this.reject(rest, index, reasonOf(results[index]), true)
        break
      }
      for (const index of again) if (isUncertain(results[index])) uncertain.add(rest.calls[index].messageId)
      rest = pick(rest, again)
      signal.throwIfAborted()
      if (retryAfterMs !== undefined) {
        health.mayWait(retryAfterMs, reason)
        gate.pause(retryAfterMs)
      } else {
        const delay = retryDelay(retry, failures, clock.random())
        await clock.sleep(isAnswered ? delay : health.failed(reason, delay), signal)
      }
    }
    this.handBack()
  }

  /**
   * Counts the outcomes of an attempt.
   *
   * @returns the indexes of the calls that may be accepted later.
   */
  private settle(batch: Batch, results: Result[], uncertain: Set<unknown>): number[] {
    const action = batch.mapping.partnerAction
    const again: number[] = []
    for (let index = 0; index < results.length; index += 1) {
      const result = results[index]
      if (result.status !== 200) {
        if (isRetried(result.status)) again.push(index)
        else this.reject(batch, index, reasonOf(result), false)
        continue
      }
      const block = batch.blocks[index]
      const { messageId } = batch.calls[index]
      const name = eventName(action, messageId)
      const mayHaveArrived = uncertain.has(messageId) || block.start + batch.offsets[index] < block.archive.sentUpTo
      if (isDuplicate(result) && !(mayHaveArrived && messageId && !this.deliveredEvents().has(name))) {
        block.counts.duplicates += 1
      } else {
        block.counts.accepted += 1
        block.actions[action] = (block.actions[action] ?? 0) + 1
      }
      if (messageId) block.delivered.push(name)
      if (messageId) this.delivered?.add(name)
      block.open -= 1
    }
    return again
  }

  /** What is known to be delivered: what is written down, and what is about to be. */
  private deliveredEvents(): DistinctTexts {
    if (this.delivered) return this.delivered
    this.delivered = this.options.readDelivered?.() ?? new DistinctTexts()
    for (const { delivered } of this.open) for (const name of delivered) this.delivered.add(name)
    return this.delivered
  }

  private reject(batch: Batch, index: number, reason: string, retriesExhausted: boolean): void {
    const { file, line, element, call } = batch.entries[index]
    const block = batch.blocks[index]
    const action = batch.mapping.partnerAction
    block.counts.rejected += 1
    block.deadLetters.push({
      file,
      line,
      element,
      call,
      action,
      reason,
      retriesExhausted,
      offset: batch.offsets[index]
    })
    block.open -= 1
  }

  /** Hands back the blocks at the head that have no open deliveries. */
  private handBack(): void {
    if (this.cannotHandBack) return
    const count = this.open.findIndex(({ open }) => open > 0)
    const settled = this.open.splice(0, count === -1 ? this.open.length : count)
    if (settled.length === 0) return
    try {
      this.options.onSettled(settled)
    } catch (error) {
      // Later blocks must not be written down without these.
      this.cannotHandBack = true
      throw error
    }
  }
}

const sharesIds = (other: BatchInFlight, mapping: Mapping, ids: Set<unknown>): boolean => {
  if (other.batch.mapping !== mapping) return false
  for (const id of ids) if (other.ids.has(id)) return true
  return false
}

function throwIfUnauthorized(results: Result[]): void {
  const refused = results.find(({ status }) => status === 401 || status === 403)
  if (refused) throw new Stop('unauthorized', reasonOf(refused))
}

/** Whether the destination itself says that it did not take this call, and may later. */
const isKnownRejection = (result: Result): boolean => bodyStatus(result) === 'rejected'

/** Statuses of a request that the server has not looked at. */
const NOT_LOOKED_AT = [423, 429]

/** Whether a call may have arrived although its attempt failed. */
const isUncertain = (result: Result): boolean => !NOT_LOOKED_AT.includes(result.status) && !isKnownRejection(result)
