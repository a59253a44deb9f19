import { Destination } from '@segment/actions-core'
import type { RequestClient } from '@segment/actions-core'
import fc from 'fast-check'
import destination from '@tractionboard/destination'
import { CALLS } from '@tractionboard/testing/destination'
import { subscriptionOf } from '@tractionboard/testing/destination'
import type { Event } from '../../../destination/src/wire-types'
import { SERVER } from '../../../destination/src/wire-types'
import { BEHAVIOURS, TIMEOUT_MS } from './behaviors'
import type { Behaviour } from './behaviors'
import { fateOfStatus } from './oracle'
import { bodyOf, listen } from '../shared/loopback'
import { wrapRequests } from '@tractionboard/local-segment'
import { acceptAll } from '../shared/stub'

/** A behaviour, and how many batches met it. */
export type Met = Behaviour & { batches: number }

/** Sends batches over real connections to a server that misbehaves, each behaviour as often as the others. */
export async function transport(batches: number, seed: number): Promise<Met[]> {
  let behaviour = BEHAVIOURS[0]
  let strayed = 0
  const elsewhere = await listen((_request, response) => {
    strayed += 1
    response.end()
  })
  const server = await listen((request, response) => {
    // Some answers are written to a connection that the destination has given up.
    response.on('error', () => {})
    void bodyOf(request).then(
      (body) => behaviour.serve({ response, answer: accepting(body), elsewhere: elsewhere.origin }),
      () => {}
    )
  })
  const met = BEHAVIOURS.map((behaviour) => ({ ...behaviour, batches: 0 }))
  const sizes = fc.sample(fc.integer({ min: 1, max: 40 }), { numRuns: batches, seed })
  try {
    const send = senderTo(server.origin)
    for (const [index, size] of sizes.entries()) {
      const now = met[index % met.length]
      behaviour = now
      check(now, size, await send(size))
      now.batches += 1
    }
  } finally {
    await Promise.all([server.close(), elsewhere.close()])
  }
  if (strayed > 0) throw new Error(`${strayed} requests went to an address that nobody named.`)
  return met
}

function check({ what, fate }: Behaviour, size: number, statuses: (number | undefined)[]): void {
  const isRight = statuses.length === size && statuses.every((status) => fateOfStatus(status) === fate)
  if (!isRight) throw new Error(`The server ${what}: ${size} events, told ${statuses.join()} instead of ${fate}.`)
}

/** Sends batches of custom events to an origin. Tells the status of each event. */
function senderTo(origin: string): (size: number) => Promise<(number | undefined)[]> {
  const via =
    (request: RequestClient): RequestClient =>
    (url, options) =>
      request(url.replace(SERVER, origin), { ...options, timeout: TIMEOUT_MS })
  const tractionboard = new Destination(wrapRequests(destination, via))
  const settings = { tokenId: 'tb_quality_token', subscription: subscriptionOf(destination, 'Custom Events') }
  return async (size) => {
    const calls = Array.from({ length: size }, (_, index) => ({ ...CALLS.custom, messageId: `m-${index}` }))
    const [{ multistatus = [] }] = await tractionboard.onBatch(calls, settings)
    return Array.from(multistatus, (node) => node?.status)
  }
}

const accepting = (body: string) => acceptAll((JSON.parse(body) as { events: Event[] }).events).text
