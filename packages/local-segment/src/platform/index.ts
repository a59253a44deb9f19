import type { SegmentEvent } from '@segment/actions-core'
import { type Mapping, mappingsOf, router } from '../router'
import { Deliverer } from './delivery'
import { destinationFilters } from './filters'
import { integrationNames, stoppedByIntegrations } from './integrations'
import { TraceStore } from './trace-store'
import type { AcceptNotes, MappingTrace, Platform, PlatformOptions, Trace } from './types'

export type * from './types'

/** For some five minutes, in which one may start the server that the calls are for. */
const DEFAULT_RETRY = { attempts: 60, minTimeoutMs: 250, maxTimeoutMs: 10_000 }

const DEFAULT_MAX_WAIT_MS = 100
const DEFAULT_MAX_TRACES = 50_000

/**
 * Makes a stand-in for what Segment does after its Tracking API, in its order: the call's `integrations` object,
 * destination filters, mappings by FQL, batches by number, bytes and time, and delivery with Segment's rules for retries.
 *
 * @throws LocalSegmentError if a filter cannot be used.
 * @example
 * const platform = createPlatform({ definition: withBaseUrl(tractionboard, sandbox.origin), settings: { tokenId } })
 * platform.accept({ type: 'page', anonymousId: 'a1', messageId: 'm1', timestamp, receivedAt })
 * await platform.drain()
 */
export function createPlatform<Settings>({
  definition,
  settings,
  mappings = mappingsOf(definition),
  filters = [],
  retry,
  batch: { maxWaitMs = DEFAULT_MAX_WAIT_MS } = {},
  respectIntegrations = true,
  maxTraces = DEFAULT_MAX_TRACES
}: PlatformOptions<Settings>): Platform {
  const names = integrationNames(definition)
  const traces = new TraceStore(maxTraces)
  const deliverer = new Deliverer({ definition, settings, retry: { ...DEFAULT_RETRY, ...retry }, maxWaitMs })
  let routed = { mappings, matching: router(mappings) }
  let filtering = { filters, apply: destinationFilters(filters) }

  function accept(call: SegmentEvent, { filledIn = [], stoppedBy }: AcceptNotes = {}): Trace {
    const bytes = Buffer.byteLength(JSON.stringify(call))
    const receivedAt = new Date(call.receivedAt ?? Date.now()).toISOString()
    const base = { receivedAt, call, filledIn, mappings: [] }
    const stopped = stoppedBy ?? (respectIntegrations ? stoppedByIntegrations(call, names) : undefined)
    const filtered = stopped === undefined ? filtering.apply(call) : { stoppedBy: stopped }
    if ('stoppedBy' in filtered) return traces.add({ ...base, ...filtered }, bytes)

    const matching = new Set(routed.matching(filtered.call))
    const tried = routed.mappings.map((mapping) => ({
      mapping,
      trace: newMappingTrace(mapping, matching.has(mapping))
    }))
    const trace = traces.add(
      {
        ...base,
        ...(filtered.call !== call && { filtered: filtered.call }),
        mappings: tried.map(({ trace }) => trace)
      },
      bytes
    )
    const changed = () => traces.changed(trace)
    for (const { mapping, trace } of tried) {
      if (trace.matches) deliverer.add(mapping, { call: filtered.call, bytes, trace, changed })
    }
    return trace
  }

  return {
    accept,
    get mappings() {
      return routed.mappings
    },
    setMappings(mappings) {
      routed = { mappings, matching: router(mappings) }
      deliverer.keepOnly(mappings)
    },
    get filters() {
      return filtering.filters
    },
    setFilters(filters) {
      filtering = { filters, apply: destinationFilters(filters) }
    },
    trace: (id) => traces.get(id),
    changesSince: (version) => traces.changesSince(version),
    on: (listener) => traces.on(listener),
    drain: () => deliverer.drain(),
    close: () => deliverer.close()
  }
}

const newMappingTrace = ({ name, partnerAction }: Mapping, matches: boolean): MappingTrace => ({
  name: name ?? partnerAction,
  action: partnerAction,
  matches,
  status: matches ? 'waiting' : 'not matched',
  attempts: 0,
  requests: []
})
