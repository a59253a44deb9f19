import type { RequestClient } from '@segment/actions-core'
import destination from '@tractionboard/destination'
import { runSeed } from '../run'
import { wrapRequests } from '@tractionboard/local-segment'

jest.setTimeout(60_000)

const CALLS = 60

type WireEvent = Record<string, unknown>

/** The destination, if it made something else of each event, and read something else in each answer. */
const wrongly = (
  change: (event: WireEvent) => WireEvent,
  read = (status: number, text: string) => ({ status, text })
) =>
  wrapRequests(
    destination,
    (request) =>
      (async (url, options) => {
        const { events } = options?.json as { events: WireEvent[] }
        const answer = await request(url, { ...options, json: { events: events.map(change) } })
        const { status, text } = read(answer.status, answer.content)
        return { status, content: text, headers: answer.headers }
      }) as RequestClient
  )

const asItIs = (event: WireEvent) => event
let sent = 0

describe('whatever goes wrong on the way', () => {
  it.each([1, 2, 3])('the panel shows what the reference works out (seed %i)', async (seed) => {
    expect((await runSeed(seed, CALLS, destination)).mismatches).toEqual([])
  })
})

describe('the run finds a destination that', () => {
  it.each([
    [
      'gives an event another id each time',
      wrongly(
        (event) => ({ ...event, id: `${String(event.id)}#${(sent += 1)}` }),
        (status, text) => ({ status, text: text.replace(/#\d+/g, '') })
      )
    ],
    ['takes the clock for the time', wrongly((event) => ({ ...event, occurred_at: '2026-01-01T00:00:00Z' }))],
    [
      'loses cents',
      wrongly((event) => ('amount' in event ? { ...event, amount: Math.trunc(event.amount as number) } : event))
    ],
    ['forgets who visited', wrongly(({ anonymous_id: _visitor, ...event }) => ({ external_user_id: 'u', ...event }))],
    [
      'gives up when there are too many requests',
      wrongly(asItIs, (status, text) => ({ status: status === 429 ? 400 : status, text }))
    ]
  ])('%s', async (_what, destination) => {
    expect((await runSeed(1, CALLS, destination)).mismatches).not.toEqual([])
  })
})
