import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import RudderAnalytics from '@rudderstack/rudder-sdk-node'
import { Analytics } from '@segment/analytics-node'
import EarlierAnalytics from 'analytics-node'
import { STORY, type StoryCall } from './story'

const WRITE_KEY = 'any_key'

/** Sends calls to a Tracking API at this origin, and resolves when it has answered. */
export type SendCalls = (origin: string, calls?: StoryCall[]) => Promise<void>

type Client = Record<StoryCall['type'], (call: object) => unknown>

/**
 * The calls with times a second apart. The older libraries send the first call on its own, and the time of each request is
 * corrected by when it comes in: calls of the same few milliseconds may change places, as with Segment.
 */
const withTimes = (calls: StoryCall[]): (StoryCall & { timestamp: Date })[] => {
  const end = Date.now()
  return calls.map((call, index) => ({ ...call, timestamp: new Date(end - (calls.length - index) * 1000) }))
}

const callEach = (client: Client, calls: StoryCall[]): void => {
  for (const { type, ...call } of withTimes(calls)) client[type](call)
}

/** `@segment/analytics-node`. */
export const sendFromNode: SendCalls = async (origin, calls = STORY) => {
  const analytics = new Analytics({ writeKey: WRITE_KEY, host: origin, flushAt: 20 })
  callEach(analytics as unknown as Client, calls)
  await analytics.closeAndFlush()
}

type OlderLibrary = new (
  writeKey: string,
  options: object
) => Client & { flush: (done: (error?: Error) => void) => void }

const sendFromOlder =
  (library: unknown, options: (origin: string) => object): SendCalls =>
  async (origin, calls = STORY) => {
    const Library = library as OlderLibrary
    const client = new Library(WRITE_KEY, { flushAt: 1000, flushInterval: 60_000, ...options(origin) })
    callEach(client, calls)
    await new Promise<void>((resolve, reject) => {
      client.flush((error) => (error ? reject(error) : resolve()))
    })
  }

/** `analytics-node`, Segment's earlier library. */
export const sendFromOlderNode = sendFromOlder(EarlierAnalytics, (host) => ({ host }))

/** RudderStack's library, which gzips. */
export const sendFromRudderStack = sendFromOlder(RudderAnalytics, (dataPlaneUrl) => ({ dataPlaneUrl }))

/** `curl` as Segment's docs have it: one call a request, the write key as the user name. */
export const sendFromCurl: SendCalls = async (origin, calls = STORY) => {
  for (const { type, ...call } of withTimes(calls)) {
    const address = `${origin}/v1/${type}`
    const header = 'Content-Type: application/json'
    await promisify(execFile)('curl', [
      ...['--silent', '--show-error', '--fail', address],
      ...['--user', `${WRITE_KEY}:`, '--header', header, '--data', JSON.stringify(call)]
    ])
  }
}
