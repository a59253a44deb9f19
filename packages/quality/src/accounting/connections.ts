import { Destination } from '@segment/actions-core'
import type { RequestClient } from '@segment/actions-core'
import fc from 'fast-check'
import destination from '@tractionboard/destination'
import { CALLS, subscriptionOf } from '@tractionboard/testing/destination'
import type { WireEvent } from '../../../destination/src/wire-types'
import { SERVER } from '../../../destination/src/wire-constants'
import { SERVER_BEHAVIORS, TIMEOUT_MS } from './server-behaviors'
import type { ServerBehavior } from './server-behaviors'
import { outcomeOfStatus } from './oracle'
import { readBody, listen } from '../shared/loopback'
import { wrapRequests } from '@tractionboard/local-segment'
import { acceptAll } from '../shared/stub'

/** A behavior, and how many batches were sent to it. */
export type CountedBehavior = ServerBehavior & { batches: number }

/**
 * Sends batches over real connections to a server that misbehaves, with each behavior in turn.
 *
 * @throws Error if an event has another outcome than the behavior leads to, or a redirect is followed.
 */
export async function misbehavingConnections(batches: number, seed: number): Promise<CountedBehavior[]> {
  let behavior = SERVER_BEHAVIORS[0]
  let redirected = 0
  const otherServer = await listen((_request, response) => {
    redirected += 1
    response.end()
  })
  const server = await listen((request, response) => {
    // The destination closes some connections before the response is written.
    response.on('error', () => {})
    void readBody(request).then(
      (body) => behavior.respond({ response, goodBody: accepting(body), otherOrigin: otherServer.origin }),
      () => {}
    )
  })
  const counted = SERVER_BEHAVIORS.map((behavior) => ({ ...behavior, batches: 0 }))
  const sizes = fc.sample(fc.integer({ min: 1, max: 40 }), { numRuns: batches, seed })
  try {
    const send = senderTo(server.origin)
    for (const [index, drawn] of sizes.entries()) {
      const current = counted[index % counted.length]
      const size = Math.min(drawn, current.maxEvents ?? drawn)
      behavior = current
      check(current, size, await send(size))
      current.batches += 1
    }
  } finally {
    await Promise.all([server.close(), otherServer.close()])
  }
  if (redirected > 0) throw new Error(`${redirected} requests followed a redirect.`)
  return counted
}

function check({ description, outcome }: ServerBehavior, size: number, statuses: (number | undefined)[]): void {
  const isRight = statuses.length === size && statuses.every((status) => outcomeOfStatus(status) === outcome)
  if (!isRight)
    throw new Error(`The server ${description}: ${size} events got ${statuses.join()} instead of ${outcome}.`)
}

/** Sends batches of custom events to an origin, and gives the status of each event. */
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

const accepting = (body: string) => acceptAll((JSON.parse(body) as { events: WireEvent[] }).events).text
