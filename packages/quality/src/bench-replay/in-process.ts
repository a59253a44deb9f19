/**
 * A process that sends archives through destinations with HTTP stubbed: it gunzips, splits and parses the calls, routes
 * them, and has actions-core map, validate, perform and make the requests, up to what would go to the network. Its
 * arguments: the folders of compiled destinations as one, and files. Each file goes through each destination in turn.
 */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { delimiter, dirname, join } from 'node:path'
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

/** The events of the latest request. */
let events: WireEvent[] = []
transport.default = () => Promise.resolve(new transport.Response(acceptAll(events).text))

/** The same destination, whose requests for events are accepted without a network. */
const withoutNetwork = (definition: DestinationDefinition<Settings>): DestinationDefinition<Settings> =>
  wrapRequests(definition, (request) => {
    const accepted = (url: string, options?: RequestOptions) => {
      events = (options?.json as { events: WireEvent[] }).events
      return request(url, options)
    }
    return accepted as RequestClient
  })

/** A destination, and the processor time that it has used, in microseconds. */
class MeasuredDestination {
  cpu = 0
  private readonly destination
  private readonly route
  private readonly batches

  /** @param folder of a compiled destination. */
  constructor(folder: string) {
    const { default: definition } = load(folder) as { default: DestinationDefinition<Settings> }
    this.destination = createDestination(withoutNetwork(definition))
    const mappings = mappingsOf(definition)
    this.route = router(mappings)
    this.batches = new Map(mappings.map((mapping) => [mapping, [] as SegmentEvent[]]))
  }

  /** Sends the calls of a file; if it is the last one, those that wait for a full batch, too. */
  async sendFile(file: string, isLast: boolean): Promise<void> {
    const start = usageOf(process.resourceUsage())
    for (const line of gunzipSync(readFileSync(file)).toString().trimEnd().split('\n')) {
      const call = JSON.parse(line) as SegmentEvent
      for (const mapping of this.route(call)) {
        const batch = this.batches.get(mapping) as SegmentEvent[]
        batch.push(call)
        if (batch.length === BATCH_SIZE) await this.send(mapping, batch.splice(0))
      }
    }
    if (isLast) for (const [mapping, calls] of this.batches) await this.send(mapping, calls)
    this.cpu += usageSince(start).cpu
  }

  private async send(mapping: LocalSegment.Mapping, calls: SegmentEvent[]): Promise<void> {
    if (calls.length === 0) return
    const settings = { tokenId: 'tb_quality_token', subscription: mapping as unknown as JSONObject }
    const [{ multistatus = [] }] = await this.destination.onBatch(calls, settings)
    this.destination.responses.length = 0
    const sent = multistatus.filter(({ status }) => status === 200).length
    if (sent !== calls.length) throw new Error(`Only ${sent} of ${calls.length} calls were sent.`)
  }
}

async function run(folders: string, files: string[]): Promise<void> {
  const destinations = folders.split(delimiter).map((folder) => new MeasuredDestination(folder))
  for (const file of files) {
    for (const destination of destinations) await destination.sendFile(file, file === files.at(-1))
  }
  process.send?.(destinations.map(({ cpu }) => cpu))
}

const [folders, ...files] = process.argv.slice(2)
void run(folders, files)
