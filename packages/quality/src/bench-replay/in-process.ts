/**
 * A process that sends archives through a destination with HTTP stubbed: it gunzips, splits and parses the calls, routes
 * them, and has actions-core map, validate, perform and make the requests, up to what would go to the network. Its
 * arguments: the folder of a compiled destination, and files.
 */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import type {
  DestinationDefinition,
  JSONObject,
  RequestClient,
  RequestOptions,
  SegmentEvent
} from '@segment/actions-core'
import type { Settings } from '../../../destination/src/generated-types'
import type { WireEvent } from '../../../destination/src/wire-types'
import { acceptAll } from '../shared/stub'
import { usageOf, usageSince } from './usage'

/** Compiled, because tsx adds work to every function. */
const load = createRequire(__filename)
const { createDestination, mappingsOf, router, wrapRequests } = load(
  '../../../local-segment/dist'
) as typeof LocalSegment

import type * as LocalSegment from '@tractionboard/local-segment'

/** What actions-core's request client sends its requests with: no public part of the package, so it is found by its file. */
const transport = load(join(dirname(load.resolve('@segment/actions-core')), 'fetch.js')) as {
  default: typeof fetch
  Response: typeof Response
}

const BATCH_SIZE = 1000

/** The same destination, whose requests for events are accepted without a network. */
function withoutNetwork(definition: DestinationDefinition<Settings>): DestinationDefinition<Settings> {
  let events: WireEvent[] = []
  transport.default = () => Promise.resolve(new transport.Response(acceptAll(events).text))
  return wrapRequests(definition, (request) => {
    const accepted = (url: string, options?: RequestOptions) => {
      events = (options?.json as { events: WireEvent[] }).events
      return request(url, options)
    }
    return accepted as RequestClient
  })
}

async function run(folder: string, files: string[]): Promise<void> {
  const { default: definition } = load(folder) as { default: DestinationDefinition<Settings> }
  const destination = createDestination(withoutNetwork(definition))
  const mappings = mappingsOf(definition)
  const route = router(mappings)
  const batches = new Map(mappings.map((mapping) => [mapping, [] as SegmentEvent[]]))
  let read = 0
  let sent = 0
  const send = async (mapping: (typeof mappings)[number], calls: SegmentEvent[]) => {
    if (calls.length === 0) return
    const settings = { tokenId: 'tb_quality_token', subscription: mapping as unknown as JSONObject }
    const [{ multistatus = [] }] = await destination.onBatch(calls, settings)
    destination.responses.length = 0
    sent += multistatus.filter(({ status }) => status === 200).length
  }
  const start = usageOf(process.resourceUsage())
  for (const file of files) {
    for (const line of gunzipSync(readFileSync(file)).toString().trimEnd().split('\n')) {
      const call = JSON.parse(line) as SegmentEvent
      read += 1
      for (const mapping of route(call)) {
        const batch = batches.get(mapping) as SegmentEvent[]
        batch.push(call)
        if (batch.length === BATCH_SIZE) await send(mapping, batch.splice(0))
      }
    }
  }
  for (const [mapping, calls] of batches) await send(mapping, calls)
  if (sent !== read) throw new Error(`Only ${sent} of ${read} calls were sent.`)
  process.send?.(usageSince(start))
}

const [folder, ...files] = process.argv.slice(2)
void run(folder, files)
