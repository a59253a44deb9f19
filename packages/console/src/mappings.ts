import type { DestinationDefinition } from '@segment/actions-core'
import { type Mapping, mappingsOf, parseMappings, type Platform } from '@tractionboard/local-segment'
import type { ApiMapping } from './api-types'

/** The mappings of a console: those that are enabled are the platform's. */
export interface Mappings {
  /** All, in the shape of Segment's Public API. */
  list(): ApiMapping[]
  /**
   * Replaces them.
   *
   * @param body what Segment's Public API answers to "List Subscriptions from Destination", or only the list in it.
   * @throws LocalSegmentError that names the first mapping that cannot be used, and says why.
   */
  replace(body: unknown): void
  /** Goes back to those of a customer who changed nothing. */
  reset(): void
  /** The mappings that were enabled when a call was accepted, in the order of its trace. */
  of(traceId: number): Mapping[]
}

const toApi = ({ name, partnerAction, subscribe, mapping = {} }: Mapping): ApiMapping => ({
  name: name ?? partnerAction,
  actionSlug: partnerAction,
  enabled: true,
  trigger: subscribe,
  settings: mapping
})

/**
 * Keeps the mappings of a platform.
 *
 * @param latestTraceId gives the id of the latest trace; 0 if there is none.
 */
export function createMappings<Settings>(
  definition: DestinationDefinition<Settings>,
  platform: Platform,
  latestTraceId: () => number
): Mappings {
  const presets = mappingsOf(definition)
  let all = platform.mappings.map(toApi)
  // Latest first: what was enabled from which call on, so that an old call is explained by the mappings that it met.
  const history: { after: number; mappings: Mapping[] }[] = [{ after: 0, mappings: platform.mappings }]

  function use(listed: ApiMapping[], enabled: Mapping[]): void {
    platform.setMappings(enabled)
    all = listed
    history.unshift({ after: latestTraceId(), mappings: enabled })
  }

  return {
    list: () => all,
    replace(body) {
      const parsed = allMappings(body, definition)
      const listed = parsed.map((mapping, index) => ({ ...toApi(mapping), enabled: isEnabled(entriesOf(body)[index]) }))
      use(
        listed,
        parsed.filter((_, index) => listed[index].enabled)
      )
    },
    reset: () => use(presets.map(toApi), presets),
    of: (traceId) => (history.find(({ after }) => traceId > after) ?? history[0]).mappings
  }
}

/**
 * Reads mappings in the shape of Segment's Public API, those that are disabled too.
 *
 * @throws LocalSegmentError that names the first one that cannot be used, and says why.
 */
export const allMappings = <Settings>(body: unknown, definition: DestinationDefinition<Settings>): Mapping[] =>
  parseMappings(JSON.stringify(withAllEnabled(body)), definition)

/** The list in what the Public API answers. Mappings of Reverse ETL are not for calls. */
function entriesOf(body: unknown): unknown[] {
  const { data = body } = Object(body) as { data?: unknown }
  const { subscriptions = data } = Object(data) as { subscriptions?: unknown }
  const isForCalls = (entry: unknown) => !(Object(entry) as { modelId?: unknown }).modelId
  return Array.isArray(subscriptions) ? subscriptions.filter(isForCalls) : []
}

/** `parseMappings` passes over what is disabled; here it is kept. */
function withAllEnabled(body: unknown): unknown {
  const entries = entriesOf(body)
  return entries.length === 0
    ? body
    : entries.map((entry) =>
        typeof entry === 'object' && entry !== null && !Array.isArray(entry) ? { ...entry, enabled: true } : entry
      )
}

const isEnabled = (entry: unknown) => (Object(entry) as { enabled?: unknown }).enabled !== false
