import nock from 'nock'
import type { Event } from '../../wire-types'
import { SERVER } from '../../wire-types'

/** An answer of Tractionboard's. */
export interface Reply {
  status: number
  body?: unknown
  headers?: Record<string, string>
}

/** Answers each request for events, as often as there are any, and keeps what was sent. */
export function answerEvents(answer: (events: Event[], requests: number) => Reply): {
  events: Event[]
  requests: number
} {
  const seen = { events: [] as Event[], requests: 0 }
  nock(SERVER)
    .persist()
    .post('/v1/events')
    .reply((_uri, body) => {
      const { events } = body as { events: Event[] }
      seen.events.push(...events)
      seen.requests += 1
      const { status, body: text = '', headers = {} } = answer(events, seen.requests)
      return [status, text as nock.Body, { 'content-type': 'application/json', ...headers }]
    })
  return seen
}

/** The answer that accepts all events. */
export const acceptAll = (events: Event[]): Reply => ({
  status: 200,
  body: {
    accepted: events.length,
    duplicates: 0,
    rejected: 0,
    results: events.map(({ id }, index) => ({ index, id, status: 'accepted' }))
  }
})
