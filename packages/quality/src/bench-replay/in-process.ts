/**
 * A process that sends an archive through the destination with HTTP stubbed: it gunzips, splits and parses the calls,
 * routes them, and has actions-core map, validate, perform and make the requests, up to what would go to the network. Its
 * arguments: the folders of checkouts of this repository as one, and files. The checkouts take turns, a thousand calls
 * at a time.
 */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { delimiter, join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import type {
  DestinationDefinition,
  JSONObject,
  RequestClient,
  RequestOptions,
  SegmentEvent
} from '@segment/actions-core'
import { chunk } from 'lodash'
import type * as LocalSegment from '@tractionboard/local-segment'
import type { Settings } from '../../../destination/src/generated-types'
import type { WireEvent } from '../../../destination/src/wire-types'
import { acceptAll } from '../shared/stub'
import { usageOf, usageSince } from './usage'

const BATCH_SIZE = 1000

/** The events of the latest request. */
let events: WireEvent[] = []

/** Remembers the events of a destination's requests, which are then all accepted. */
const acceptEvents = (request: RequestClient) => {
  const accepted = (url: string, options?: RequestOptions) => {
    events = (options?.json as { events: WireEvent[] }).events
    return request(url, options)
  }
  return accepted as RequestClient
}

/**
 * Responds without a network.
 *
 * @param core the file of actions-core. What its request client sends with is no public part of it: `fetch.js` beside it.
 */
function stubNetwork(core: string): void {
  const transport = createRequire(core)('./fetch.js') as { default: typeof fetch; Response: typeof Response }
  transport.default = () => Promise.resolve(new transport.Response(acceptAll(events).text))
}

/**
 * Sends the calls of an archive through the destination of a checkout, and pauses after every thousand of them.
 *
 * @param checkout a folder with a built checkout: tsx would add work to every function.
 */
async function* sendFiles(checkout: string, files: string[]): AsyncGenerator<void, void> {
  const load = createRequire(join(checkout, 'packages/destination/package.json'))
  const compiled = (name: string) => load(join(checkout, 'packages', name, 'dist')) as unknown
  stubNetwork(load.resolve('@segment/actions-core'))
  const { createDestination, mappingsOf, router, wrapRequests } = compiled('local-segment') as typeof LocalSegment
  const { default: definition } = compiled('destination') as { default: DestinationDefinition<Settings> }
  const destination = createDestination(wrapRequests(definition, acceptEvents))
  const mappings = mappingsOf(definition)
  const route = router(mappings)
  const batches = new Map(mappings.map((mapping) => [mapping, [] as SegmentEvent[]]))

  const send = async (mapping: LocalSegment.Mapping, calls: SegmentEvent[]) => {
    if (calls.length === 0) return
    const settings = { tokenId: 'tb_quality_token', subscription: mapping as unknown as JSONObject }
    const [{ multistatus = [] }] = await destination.onBatch(calls, settings)
    destination.responses.length = 0
    const sent = multistatus.filter(({ status }) => status === 200).length
    if (sent !== calls.length) throw new Error(`Only ${sent} of ${calls.length} calls were sent.`)
  }

  for (const file of files) {
    const lines = gunzipSync(readFileSync(file)).toString().trimEnd().split('\n')
    for (const part of chunk(lines, BATCH_SIZE)) {
      for (const line of part) {
        const call = JSON.parse(line) as SegmentEvent
        for (const mapping of route(call)) {
          const batch = batches.get(mapping) as SegmentEvent[]
          batch.push(call)
          if (batch.length === BATCH_SIZE) await send(mapping, batch.splice(0))
        }
      }
      yield
    }
  }
  for (const [mapping, calls] of batches) await send(mapping, calls)
}

async function run(checkouts: string, files: string[]): Promise<void> {
  const runs = checkouts.split(delimiter).map((checkout) => ({
    sending: sendFiles(checkout, files),
    cpu: 0,
    isDone: false
  }))
  while (!runs.every(({ isDone }) => isDone)) {
    for (const each of runs) {
      const start = usageOf(process.resourceUsage())
      each.isDone = (await each.sending.next()).done === true
      each.cpu += usageSince(start).cpu
    }
  }
  process.send?.(runs.map(({ cpu }) => cpu))
}

const [checkouts, ...files] = process.argv.slice(2)
void run(checkouts, files)
