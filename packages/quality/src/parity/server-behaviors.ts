import type { WireEvent } from '../../../destination/src/wire-types'
import { acceptAll } from '../shared/stub'
import type { StubServer } from '../shared/stub'

const problem = (status: number, headers?: Record<string, string>) => () => ({
  status,
  text: JSON.stringify({ title: 'No', status, detail: 'Not so.' }),
  headers
})

const rejection = (retryable: boolean) => ({
  status: 'rejected',
  error: { code: 'invalid', field: retryable ? null : 'currency', message: 'is wrong.', retryable }
})

/** Possible results of one event. The choice follows from the event only, so that it is the same alone and in a batch. */
const RESULTS = [{ status: 'accepted' }, { status: 'duplicate' }, rejection(false), rejection(true), { status: 'ok' }]

const resultOf = (event: WireEvent) => RESULTS[JSON.stringify(event).length % RESULTS.length]

/** Server behaviors in which the result of an event does not depend on other events. */
const SERVERS = {
  accepting: acceptAll,
  mixed: (events) => ({
    status: 207,
    text: JSON.stringify({ results: events.map((event, index) => ({ index, id: event.id, ...resultOf(event) })) })
  }),
  silent: () => ({ status: 200, text: '{"results":[]}' }),
  unreadable: () => ({ status: 200, text: '<html>' }),
  'one by one': (events) => (events.length > 1 ? { status: 413, text: '' } : acceptAll(events)),
  'too large': problem(413),
  'bad request': problem(400),
  'bad token': problem(401),
  busy: problem(429, { 'retry-after': '7' }),
  down: problem(503),
  gone: () => {
    throw Object.assign(new Error('reset'), { code: 'ECONNRESET' })
  }
} satisfies Record<string, StubServer>

export type ServerBehavior = keyof typeof SERVERS

export const SERVER_BEHAVIORS = Object.keys(SERVERS) as ServerBehavior[]

export const serverWith = (serverBehavior: ServerBehavior): StubServer => SERVERS[serverBehavior]
