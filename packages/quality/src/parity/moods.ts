import type { Event } from '../../../destination/src/wire-types'
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

/** What may be said of one event. It follows from the event and nothing else, so that it is the same alone. */
const VERDICTS = [{ status: 'accepted' }, { status: 'duplicate' }, rejection(false), rejection(true), { status: 'ok' }]

const verdictOn = (event: Event) => VERDICTS[JSON.stringify(event).length % VERDICTS.length]

/** The ways in which a server may answer, where the answer on an event does not hang on its neighbours. */
const SERVERS = {
  accepting: acceptAll,
  mixed: (events) => ({
    status: 207,
    text: JSON.stringify({ results: events.map((event, index) => ({ index, id: event.id, ...verdictOn(event) })) })
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

/** The name of a way to answer. */
export type Mood = keyof typeof SERVERS

/** All of them. */
export const MOODS = Object.keys(SERVERS) as Mood[]

/** The server in a mood. */
export const serverIn = (mood: Mood): StubServer => SERVERS[mood]
