import nock from 'nock'
import type { SegmentEvent } from '@segment/actions-core'
import destination from '../../index'
import { SERVER } from '../../wire-constants'
import type { WireEvent } from '../../wire-types'
import { sendBatch, sendSingle } from './run'

/** A response of Tractionboard's. */
export interface MockResponse {
  status: number
  body?: unknown
  headers?: Record<string, string>
}

/**
 * Mocks the endpoint for events, for any number of requests.
 *
 * @param respond makes the response to the events of a request, given how many requests there were with this one.
 * @returns what was received so far; it is kept up to date.
 */
export function respondToEvents(respond: (events: WireEvent[], requests: number) => MockResponse): {
  events: WireEvent[]
  requests: number
} {
  const received = { events: [] as WireEvent[], requests: 0 }
  nock(SERVER)
    .persist()
    .post('/v1/events')
    .reply((_uri, body) => {
      const { events } = body as { events: WireEvent[] }
      received.events.push(...events)
      received.requests += 1
      const { status, body: text = '', headers = {} } = respond(events, received.requests)
      return [status, text as nock.Body, { 'content-type': 'application/json', ...headers }]
    })
  return received
}

/** The response that accepts all events. */
export const acceptAll = (events: WireEvent[]): MockResponse => ({
  status: 200,
  body: {
    accepted: events.length,
    duplicates: 0,
    rejected: 0,
    results: events.map(({ id }, index) => ({ index, id, status: 'accepted' }))
  }
})

/**
 * Sends a call alone and in a batch, which Tractionboard accepts.
 *
 * @returns the event that was sent alone, and the one that was sent in the batch.
 */
export async function deliverBothWays(presetName: string, call: SegmentEvent): Promise<WireEvent[]> {
  const received = respondToEvents(acceptAll)
  const single = await sendSingle(destination, presetName, call)
  const batch = await sendBatch(destination, presetName, [call])
  expect([single, ...batch]).toStrictEqual([{ status: 200 }, { status: 200 }])
  nock.cleanAll()
  return received.events
}

/** Expects that a call is sent as this event, alone and in a batch. */
export async function expectEvent(presetName: string, call: SegmentEvent, event: object): Promise<void> {
  expect(await deliverBothWays(presetName, call)).toStrictEqual([event, event])
}
