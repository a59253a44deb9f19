import { createRequire } from 'node:module'
import { Destination } from '@segment/actions-core'
import type { DestinationDefinition, SegmentEvent } from '@segment/actions-core'
import type { Settings } from '../../../destination/src/generated-types'
import { CALLS } from '@tractionboard/testing/destination'
import { subscriptionOf } from '@tractionboard/testing/destination'
import { ACTION_SLUGS, callOfPreset, presetOfAction } from '../shared/presets'
import { acceptAll, withStubServer } from '../shared/stub'
import type { StubResponse } from '../shared/stub'

/** The destination as it is published: what runs TypeScript as it is adds work of its own to every function. */
const built = createRequire(__filename)('../../../../packages/destination/dist') as {
  default: DestinationDefinition<Settings>
}
const destination = built.default

/** How many calls a load has: the most that one request may have. */
export const CALLS_OF_A_LOAD = 1000

/** Sends all calls once, in a batch or one after the other. */
export type Run = () => Promise<void>

/** The same work with the destination and with the floor. */
export interface Load {
  slug: string
  single: { ours: Run; floor: Run }
  batch: { ours: Run; floor: Run }
}

/** Answers are written before anything is measured: they are the server's work. */
function remembered(): (events: { id: string }[]) => StubResponse {
  const replies = new Map<string, StubResponse>()
  return (events) => {
    const key = events.length === 1 ? events[0].id : 'batch'
    const reply = replies.get(key) ?? acceptAll(events as never)
    replies.set(key, reply)
    return reply
  }
}

/** The same fields, and an action that does nothing: actions-core's part of the work. */
function floorOf(definition: DestinationDefinition<Settings>): DestinationDefinition<Settings> {
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
  const calls = Array.from({ length: CALLS_OF_A_LOAD }, (_, index): SegmentEvent => ({
    ...CALLS[callOfPreset(preset)],
    messageId: `m-${index}`
  }))
  return {
    async single() {
      for (const call of calls) await tractionboard.onEvent(call, settings)
    },
    async batch() {
      const [{ multistatus = [] }] = await tractionboard.onBatch(calls, settings)
      if (!multistatus.every(({ status }) => status === 200)) throw new Error(`${slug} is measured with failures.`)
    }
  }
}

/** The loads of all actions. */
export function loads(): Load[] {
  return ACTION_SLUGS.map((slug) => {
    const ours = runs(withStubServer(destination, remembered()), slug)
    const floor = runs(floorOf(destination), slug)
    return {
      slug,
      single: { ours: ours.single, floor: floor.single },
      batch: { ours: ours.batch, floor: floor.batch }
    }
  })
}
