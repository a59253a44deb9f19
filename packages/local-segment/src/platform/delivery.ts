import type { DestinationDefinition, SegmentEvent } from '@segment/actions-core'
import { errorMessage } from '../errors'
import type { RetryOptions } from '../retry'
import { batchBytesOf, batchSizeOf, type Mapping } from '../router'
import { sender, type Outcome } from '../sender'
import { Batcher } from './batcher'
import { partOfBatch } from './part-of-batch'
import { requestRecorder, type RecordedRequest } from './record-requests'
import { redactor } from './redact'
import type { MappingTrace, RequestTrace } from './types'

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
  retry: RetryOptions
  maxWaitMs: number
}

/** How many batches of one mapping may be in flight at once. */
const MAX_IN_FLIGHT = 4

/** How many requests a trace keeps of one mapping. */
const KEPT_REQUESTS = 2

/** The longest wait before another attempt that nobody asked for, so that a server that is back is soon noticed. */
const MAX_RETRY_WAIT_MS = 10_000

/** Delivers calls in batches, and again where Segment would. */
export class Deliverer<Settings> {
  private readonly queues = new Map<Mapping, MappingQueue>()
  private readonly retries = new Map<NodeJS.Timeout, () => void>()
  private readonly idle = new Set<() => void>()
  private open = 0
  private isClosing = false
  private readonly recorder
  private readonly sender
  private readonly redact

  constructor(private readonly options: DeliveryOptions<Settings>) {
    const { definition, settings } = options
    this.recorder = requestRecorder(definition)
    // One attempt: a call that is sent again joins the next batch, as in Segment.
    this.sender = sender(this.recorder.definition, settings, { attempts: 1, minTimeoutMs: 0 })
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
      const limits = { size: batchSizeOf(mapping), bytes: batchBytesOf(mapping), maxWaitMs: this.options.maxWaitMs }
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
    let outcomes: Outcome[]
    try {
      const calls = batch.map(({ call }) => ({ call, file: '', line: 0 }))
      outcomes = await this.recorder.record(
        () => this.sender.send(mapping, calls),
        (request) => requests.push(request)
      )
    } catch (error) {
      const rejected = { action: mapping.partnerAction, status: 'rejected', retriesExhausted: false } as const
      outcomes = batch.map(({ call }) => ({ ...rejected, call, file: '', line: 0, reason: errorMessage(error) }))
    }
    const tracesOf = this.requestTraces(requests, batch)
    const retryAfterMs = Math.max(0, ...requests.map(({ retryAfter }) => retryAfterToMs(retryAfter)))
    batch.forEach((delivery, index) => {
      delivery.trace.requests = [...delivery.trace.requests, ...tracesOf(index)].slice(-KEPT_REQUESTS)
      this.settle(mapping, delivery, outcomes[index], retryAfterMs)
    })
  }

  private settle(mapping: Mapping, delivery: Delivery, outcome: Outcome, retryAfterMs: number): void {
    const { attempts } = delivery.trace
    if (outcome.status !== 'rejected') {
      // A duplicate after an attempt whose response was lost is that attempt.
      change(delivery, { status: attempts > 1 ? 'accepted' : outcome.status, reason: undefined })
    } else if (!outcome.retriesExhausted) {
      change(delivery, { status: 'rejected', reason: outcome.reason })
    } else if (attempts >= this.options.retry.attempts || this.isClosing) {
      change(delivery, { status: 'given up', reason: outcome.reason })
    } else {
      change(delivery, { status: 'retrying', reason: outcome.reason })
      this.retryLater(mapping, delivery, Math.max(this.backoffMs(attempts), retryAfterMs))
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

  private backoffMs(attempts: number): number {
    return Math.min(this.options.retry.minTimeoutMs * 2 ** (attempts - 1), MAX_RETRY_WAIT_MS)
  }

  /** A function that gives the requests of one call of a batch. */
  private requestTraces(requests: RecordedRequest[], batch: Delivery[]): (index: number) => RequestTrace[] {
    const ids = batch.map(({ call }) => String(call.messageId))
    const parts = requests.map(({ retryAfter: _retryAfter, ...request }) => {
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

/** The milliseconds of a `Retry-After` header, which has seconds or a date; 0 without one. */
function retryAfterToMs(header: string | undefined): number {
  if (header === undefined) return 0
  const ms = /^\d+$/.test(header) ? Number(header) * 1000 : Date.parse(header) - Date.now()
  return ms > 0 ? ms : 0
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
