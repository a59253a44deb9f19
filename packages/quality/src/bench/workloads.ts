import { createRequire } from 'node:module'
import { Destination } from '@segment/actions-core'
import type { DestinationDefinition, SegmentEvent } from '@segment/actions-core'
import type { Settings } from '../../../destination/src/generated-types'
import { CALLS } from '@tractionboard/testing/destination'
import { subscriptionOf } from '@tractionboard/testing/destination'
import { ACTION_SLUGS, callOfPreset, presetOfAction } from '../shared/presets'
import { acceptAll, withStubServer } from '../shared/stub'
import type { StubResponse } from '../shared/stub'

/** The compiled destination, because tsx adds work to every function. */
const built = createRequire(__filename)('../../../../packages/destination/dist') as {
  default: DestinationDefinition<Settings>
}
const destination = built.default

/** The calls of a workload: as many as one request may have. */
export const BATCH_SIZE = 1000

/** Sends all calls of a workload once. */
export type Run = () => Promise<void>

/** The runs of one action, with the destination and with the baseline. */
export interface Workload {
  slug: string
  single: { ours: Run; baseline: Run }
  batch: { ours: Run; baseline: Run }
}

/** A server that makes each response once, during the warm-up: making it is not the destination's work. */
function cachedResponses(): (events: { id: string }[]) => StubResponse {
  const responses = new Map<string, StubResponse>()
  return (events) => {
    const key = events.length === 1 ? events[0].id : 'batch'
    const response = responses.get(key) ?? acceptAll(events as never)
    responses.set(key, response)
    return response
  }
}

/** The same definition with actions that do nothing: only actions-core works. */
function baselineOf(definition: DestinationDefinition<Settings>): DestinationDefinition<Settings> {
  const actions = Object.entries(definition.actions).map(([slug, action]) => [
    slug,
    { ...action, perform: () => undefined, performBatch: () => undefined }
  ])
  return { ...definition, actions: Object.fromEntries(actions) as typeof definition.actions }
}

function runs(definition: DestinationDefinition<Settings>, slug: string): { single: Run; batch: Run } {
  const preset = presetOfAction(slug)
  const settings = { tokenId: 'tb_quality_token', subscription: subscriptionOf(definition, preset) }
  const tractionboard = new Destination(definition)
  const calls = Array.from({ length: BATCH_SIZE }, (_, index): SegmentEvent => ({
    ...CALLS[callOfPreset(preset)],
    messageId: `m-${index}`
  }))
  return {
    async single() {
      for (const call of calls) await tractionboard.onEvent(call, settings)
    },
    async batch() {
      const [{ multistatus = [] }] = await tractionboard.onBatch(calls, settings)
      if (!multistatus.every(({ status }) => status === 200))
        throw new Error(`${slug} has failures, so its speed says nothing.`)
    }
  }
}

export function workloads(): Workload[] {
  return ACTION_SLUGS.map((slug) => {
    const ours = runs(withStubServer(destination, cachedResponses()), slug)
    const baseline = runs(baselineOf(destination), slug)
    return {
      slug,
      single: { ours: ours.single, baseline: baseline.single },
      batch: { ours: ours.batch, baseline: baseline.batch }
    }
  })
}
