import type { DestinationDefinition, SegmentEvent } from '@segment/actions-core'
import type { RetryOptions } from '../retry'
import type { Mapping } from '../router'

/** What Segment does with a call after its Tracking API has taken it. */
export interface Platform {
  /**
   * Takes a call and returns at once. What becomes of it is written into the trace.
   *
   * @param call with messageId, timestamp and receivedAt.
   */
  accept(call: SegmentEvent, notes?: AcceptNotes): Trace
  readonly mappings: Mapping[]
  /** Replaces the mappings for the calls that are accepted from now on. */
  setMappings(mappings: Mapping[]): void
  readonly filters: DestinationFilter[]
  /**
   * Replaces the destination filters for the calls that are accepted from now on.
   *
   * @throws LocalSegmentError if the FQL of one cannot be parsed.
   */
  setFilters(filters: DestinationFilter[]): void
  /** The trace with this id; undefined if it is too old. */
  trace(id: number): Trace | undefined
  /**
   * The traces that changed after a version, in the order of their versions.
   *
   * @param version 0 for all that are kept.
   */
  changesSince(version: number): Trace[]
  /**
   * Calls the listener on each change of a trace.
   *
   * @returns a function that ends this.
   */
  on(listener: (trace: Trace) => void): () => void
  /** Resolves when nothing is waiting or in flight: each call is delivered or given up. */
  drain(): Promise<void>
  /** Takes no more calls, gives each call that waits for another attempt that attempt at once as its last, and drains. */
  close(): Promise<void>
}

/** What the Tracking API knows of a call beside the call. */
export interface AcceptNotes {
  /** The members that were not in the call as it was sent. */
  filledIn?: string[]
  /** Why Segment takes the call, but sends it to no destination: one sentence. */
  stoppedBy?: string
}

/** How often a call is sent at most, and how long is waited in between. */
export type PlatformRetry = Pick<RetryOptions, 'attempts' | 'minTimeoutMs' | 'maxTimeoutMs'>

/** Options of a platform. */
export interface PlatformOptions<Settings> {
  /** Any definition. */
  definition: DestinationDefinition<Settings>
  /** The settings of the account to send to. */
  settings: Settings
  /** The definition's automatic presets by default. */
  mappings?: Mapping[]
  /** None by default. */
  filters?: DestinationFilter[]
  /** How often a call is sent; by default for some five minutes. Segment itself goes on for four hours. */
  retry?: Partial<PlatformRetry>
  batch?: {
    /** How long a call waits for others at the most, in milliseconds; 100 by default. Segment itself waits longer. */
    maxWaitMs?: number
  }
  /** Whether a call's `integrations` object can keep it from the destination; true by default. */
  respectIntegrations?: boolean
  /** How many traces are kept; 50,000 by default. */
  maxTraces?: number
}

/**
 * A destination filter in the shape of Segment's Public API, without sampling.
 *
 * @see https://segment.com/docs/connections/destinations/destination-filters/
 */
export interface DestinationFilter {
  title?: string
  /** FQL: the calls that the filter is for. */
  if: string
  /** True by default. */
  enabled?: boolean
  actions: FilterAction[]
}

/** What a destination filter does with a call. */
export type FilterAction =
  | { type: 'DROP' }
  | {
      type: 'DROP_PROPERTIES' | 'ALLOW_PROPERTIES'
      /** Names of members by the path of the object that has them; the path `''` is the call itself. */
      fields: Record<string, string[]>
    }

/** What became of one call: plain JSON. */
export interface Trace {
  /** Counts from 1. */
  id: number
  /** Changes with each change of any trace: a higher version is a later change. */
  version: number
  /** ISO 8601. */
  receivedAt: string
  /** The call with what was filled in. */
  call: SegmentEvent
  /** The members that were not in the call as it was sent. */
  filledIn: string[]
  /** One sentence that says why no mapping was tried. */
  stoppedBy?: string
  /** The call as the mappings got it, if destination filters took something out of it. */
  filtered?: SegmentEvent
  /** Every mapping, whether it matches or not; none if the call was stopped. */
  mappings: MappingTrace[]
}

/** How far one mapping is with a call. `given up` is a call that might still be accepted, but was sent often enough. */
export type MappingStatus =
  'not matched' | 'waiting' | 'sending' | 'retrying' | 'accepted' | 'duplicate' | 'rejected' | 'given up'

/** What became of a call under one mapping. */
export interface MappingTrace {
  name: string
  action: string
  matches: boolean
  status: MappingStatus
  /** Why it was rejected, is sent again, or was given up. */
  reason?: string
  /** How often it was sent. */
  attempts: number
  /** The last two requests. */
  requests: RequestTrace[]
}

/** A request that carried a call. Nothing in it shows a secret setting. */
export interface RequestTrace {
  method: string
  url: string
  /** Without those that authenticate. */
  headers: Record<string, string>
  /** Of a batch only the part of this call, where it can be told. */
  body: unknown
  /** How many calls were sent together. */
  events: number
  /** The status of the response; none if there was no response. */
  status?: number
  /** Of a batch only the part of this call, where it can be told. */
  response?: unknown
  /** Why there was no response. */
  error?: string
  /** ISO 8601. */
  at: string
  /** How long it took, in milliseconds. */
  ms: number
}
