import type { RequestClient } from '@segment/actions-core'
import destination from '@tractionboard/destination'
import { runSeed } from '../run'
import { wrapRequests } from '@tractionboard/local-segment'

jest.setTimeout(60_000)

const CALLS = 60

type WireEvent = Record<string, unknown>

/** The destination with a mistake: it changes each event, or misreads each response. */
const withMistake = (
  change: (event: WireEvent) => WireEvent,
  read = (status: number, text: string) => ({ status, text })
) =>
  wrapRequests(
    destination,
    (request) =>
      (async (url, options) => {
        const { events } = options?.json as { events: WireEvent[] }
        const response = await request(url, { ...options, json: { events: events.map(change) } })
        const { status, text } = read(response.status, response.content)
        return { status, content: text, headers: response.headers }
      }) as RequestClient
  )

const unchanged = (event: WireEvent) => event
let sent = 0

describe('runSeed', () => {
  it.each([1, 2, 3])('finds no mismatch with the destination as it is (seed %i)', async (seed) => {
    expect((await runSeed(seed, CALLS, destination)).mismatches).toEqual([])
  })
})

describe('runSeed finds a destination that', () => {
  it.each([
    [
      'gives an event another id each time',
      withMistake(
        (event) => ({ ...event, id: `${String(event.id)}#${(sent += 1)}` }),
        (status, text) => ({ status, text: text.replace(/#\d+/g, '') })
      )
    ],
    [
      'sends the same time with every event',
      withMistake((event) => ({ ...event, occurred_at: '2026-01-01T00:00:00Z' }))
    ],
    [
      'cuts microseconds off',
      withMistake((event) => ({ ...event, occurred_at: String(event.occurred_at).replace(/(\.\d{3})\d+/, '$1') }))
    ],
    [
      'drops cents',
      withMistake((event) => ('amount' in event ? { ...event, amount: Math.trunc(event.amount as number) } : event))
    ],
    [
      'drops the anonymous id',
      withMistake(({ anonymous_id: _visitor, ...event }) => ({ external_user_id: 'u', ...event }))
    ],
    [
      'discards events when it is rate limited',
      withMistake(unchanged, (status, text) => ({ status: status === 429 ? 400 : status, text }))
    ]
  ])('%s', async (_mistake, destination) => {
    expect((await runSeed(2, CALLS, destination)).mismatches).not.toEqual([])
  })
})
