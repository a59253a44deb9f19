import type { DestinationDefinition, SegmentEvent } from '@segment/actions-core'
import { isDuplicate, reasonOf } from '../delivery/result'
import { createSender, type Result, type Sender, takesBatches } from '../delivery/sender'
import { isRetried, retryDelay } from '../retry'
import { batchBytesOf, batchSizeOf, type Mapping } from '../router'
import { Batcher } from './batcher'
import { partOfBatch } from './part-of-batch'
import { requestRecorder, type RecordedRequest } from './record-requests'
import { redactor } from './redact'
import type { MappingTrace, PlatformRetry, RequestTrace } from './types'

/** A call on its way through one mapping. */
export interface Delivery {
  call: SegmentEvent
  /** The size of the call as JSON. */
  bytes: number
  /** What became of it so far. It is written to. */
  trace: MappingTrace
  /** Is called after each change of the trace. */
  changed: () => void
}

export interface DeliveryOptions<Settings> {
  definition: DestinationDefinition<Settings>
  settings: Settings
  retry: PlatformRetry
  maxWaitMs: number
}

/** How many batches of one mapping may be in flight at once. */
const MAX_IN_FLIGHT = 4

/** How many requests a trace keeps of one mapping. */
const KEPT_REQUESTS = 2

/** Delivers calls in batches, and again where Segment would. */
export class Deliverer<Settings> {
  private readonly queues = new Map<Mapping, MappingQueue>()
  private readonly retries = new Map<NodeJS.Timeout, () => void>()
  private readonly idle = new Set<() => void>()
  private open = 0
  private isClosing = false
  private readonly recorder
  /** A sender makes one attempt at a time. */
  private readonly freeSenders: Sender[] = []
  private readonly redact

  constructor(private readonly options: DeliveryOptions<Settings>) {
    const { definition, settings } = options
    this.recorder = requestRecorder(definition)
    this.redact = redactor(definition, settings)
  }

  add(mapping: Mapping, delivery: Delivery): void {
    this.open += 1
    this.enqueue(mapping, delivery)
  }

  /** Resolves when every call is delivered or given up. */
  async drain(): Promise<void> {
    for (const queue of this.queues.values()) queue.flush()
    if (this.open > 0) await new Promise<void>((resolve) => this.idle.add(resolve))
  }

  /** Gives each call that waits for another attempt that attempt now, as its last, and drains. */
  async close(): Promise<void> {
    this.isClosing = true
    for (const [timer, retry] of this.retries) {
      clearTimeout(timer)
      retry()
    }
    this.retries.clear()
    await this.drain()
  }

  /** Forgets the queues of mappings that are not in use any more, as soon as they are empty. */
  keepOnly(mappings: Mapping[]): void {
    for (const [mapping, queue] of this.queues) {
      if (mappings.includes(mapping)) continue
      queue.flush()
      this.queues.delete(mapping)
    }
  }

  private enqueue(mapping: Mapping, delivery: Delivery): void {
    let queue = this.queues.get(mapping)
    if (!queue) {
      const { definition, maxWaitMs } = this.options
      const size = takesBatches(definition, mapping) ? batchSizeOf(mapping) : 1
      const limits = { size, bytes: batchBytesOf(mapping), maxWaitMs }
      queue = new MappingQueue(limits, (batch) => this.send(mapping, batch))
      this.queues.set(mapping, queue)
    }
    queue.add(delivery)
    if (this.isClosing) queue.flush()
  }

  private async send(mapping: Mapping, batch: Delivery[]): Promise<void> {
    for (const delivery of batch) {
      delivery.trace.attempts += 1
      change(delivery, { status: 'sending' })
    }
    const requests: RecordedRequest[] = []
    const { results, retryAfterMs = 0 } = await this.recorder.record(
      () => this.attempt(mapping, batch),
      (request) => requests.push(request)
    )
    const tracesOf = this.requestTraces(requests, batch)
    batch.forEach((delivery, index) => {
      delivery.trace.requests = [...delivery.trace.requests, ...tracesOf(index)].slice(-KEPT_REQUESTS)
      this.settle(mapping, delivery, results[index], retryAfterMs)
    })
  }

  private async attempt(mapping: Mapping, batch: Delivery[]): ReturnType<Sender['send']> {
    const sender = this.freeSenders.pop() ?? createSender(this.recorder.definition, this.options.settings)
    try {
      return await sender.send(
        mapping,
        batch.map(({ call }) => call)
      )
    } finally {
      this.freeSenders.push(sender)
    }
  }

  private settle(mapping: Mapping, delivery: Delivery, result: Result, retryAfterMs: number): void {
    const { attempts } = delivery.trace
    const { retry } = this.options
    if (result.status === 200) {
      // A duplicate after an attempt whose response was lost is that attempt.
      change(delivery, { status: isDuplicate(result) && attempts === 1 ? 'duplicate' : 'accepted', reason: undefined })
    } else if (!isRetried(result.status)) {
      change(delivery, { status: 'rejected', reason: reasonOf(result) })
    } else if (attempts >= retry.attempts || this.isClosing) {
      change(delivery, { status: 'given up', reason: reasonOf(result) })
    } else {
      change(delivery, { status: 'retrying', reason: reasonOf(result) })
      const waitMs = Math.max(retryDelay(retry, attempts, Math.random()), retryAfterMs)
      // A call that is sent again joins the next batch, as in Segment.
      this.retryLater(mapping, delivery, waitMs)
      return
    }
    this.open -= 1
    if (this.open > 0) return
    for (const resolve of this.idle) resolve()
    this.idle.clear()
  }

  private retryLater(mapping: Mapping, delivery: Delivery, waitMs: number): void {
    const retry = () => this.enqueue(mapping, delivery)
    const timer = setTimeout(() => {
      this.retries.delete(timer)
      retry()
    }, waitMs)
    this.retries.set(timer, retry)
  }

  /** A function that gives the requests of one call of a batch. */
  private requestTraces(requests: RecordedRequest[], batch: Delivery[]): (index: number) => RequestTrace[] {
    const ids = batch.map(({ call }) => String(call.messageId))
    const parts = requests.map((request) => {
      const [body, response] = [partOfBatch(request.body, ids), partOfBatch(request.response, ids)]
      const headers = this.redact.headers(request.headers)
      return (index: number): RequestTrace[] => {
        // A batch may have been split: then only one of its requests carried the call.
        if (request.body !== undefined && body(index) === undefined) return []
        const shown = { url: request.url, body: body(index), response: response(index), error: request.error }
        return [{ ...request, headers, ...this.redact.value(shown), events: batch.length }]
      }
    })
    return (index) => parts.flatMap((part) => part(index))
  }
}

function change({ trace, changed }: Delivery, to: Pick<MappingTrace, 'status'> & { reason?: string }): void {
  Object.assign(trace, to)
  if (trace.reason === undefined) delete trace.reason
  changed()
}

/** The batches of one mapping, of which only a few are in flight at once. */
class MappingQueue {
  private readonly batcher
  private readonly backlog: Delivery[][] = []
  private inFlight = 0

  constructor(
    limits: ConstructorParameters<typeof Batcher>[0],
    private readonly send: (batch: Delivery[]) => Promise<void>
  ) {
    this.batcher = new Batcher<Delivery>(limits, (batch) => {
      this.backlog.push(batch)
      this.sendNext()
    })
  }

  add(delivery: Delivery): void {
    this.batcher.add(delivery, delivery.bytes)
  }

  flush(): void {
    this.batcher.flush()
  }

  private sendNext(): void {
    if (this.inFlight >= MAX_IN_FLIGHT) return
    const batch = this.backlog.shift()
    if (!batch) return
    this.inFlight += 1
    void this.send(batch).finally(() => {
      this.inFlight -= 1
      this.sendNext()
    })
  }
}
