import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { errorMessage, LocalSegmentError } from '../errors'
import type { Platform } from '../platform'
import { noWriteKey, TrackingError } from './answers'
import { completeCall } from './complete-call'
import { dropReason } from './dropped'
import { libraryFile } from './library'
import { MAX_BATCH_BYTES, MAX_BATCH_CALLS, MAX_CALL_BYTES } from './limits'
import { readBody } from './read-body'
import { BATCHES, readCalls, TYPES } from './read-calls'
import { RecentIds } from './recent-ids'
import { createRecorder } from './recorder'

const HOST = '127.0.0.1'

/** How many messageIds are remembered. Segment itself remembers those of 24 hours at least. */
const MAX_REMEMBERED_IDS = 100_000

/** How long the rest of a body that is refused may still come in, so that the client gets to read the answer. */
const DISCARD_MS = 1000

/** Options of a Tracking API. */
export interface TrackingServerOptions {
  /** Is given each call. */
  platform: Pick<Platform, 'accept'>
  /** The port on 127.0.0.1; 0, the default, takes any free one. */
  port?: number
  /** The folder of an archive to which each call is written that Segment would not drop; none by default. */
  recordDir?: string
  /** How long a request may take to come in, in milliseconds; 10,000 by default. */
  requestTimeoutMs?: number
}

/** A running Tracking API. */
export interface TrackingServer {
  /** Its address, such as `http://127.0.0.1:4000`. */
  origin: string
  /** Closes all connections and ends it. */
  close(): Promise<void>
}

/**
 * Starts a stand-in for Segment's Tracking API and the addresses of its browser library, on 127.0.0.1 only. Any write
 * key is good.
 *
 * @throws LocalSegmentError if the port is not free.
 * @see https://segment.com/docs/connections/sources/catalog/libraries/server/http-api/
 * @example
 * const tracking = await createTrackingServer({ platform, port: 4000 })
 * // curl http://127.0.0.1:4000/v1/track -u any_key: -d '{"event": "signup", "userId": "u1"}'
 * await tracking.close()
 */
export async function createTrackingServer(options: TrackingServerOptions): Promise<TrackingServer> {
  const { port = 0, requestTimeoutMs = 10_000 } = options
  const takeCalls = callTaker(options)
  const timeouts = { requestTimeout: requestTimeoutMs, headersTimeout: requestTimeoutMs }
  const server = createServer({ ...timeouts, connectionsCheckingInterval: requestTimeoutMs / 4 })
  await listen(server, port)
  const origin = `http://${HOST}:${(server.address() as AddressInfo).port}`
  server.on('request', (request, response) => void respond(request, response, origin, takeCalls))
  return {
    origin,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      })
  }
}

type TakeCalls = (request: IncomingMessage, type: string | undefined) => Promise<void>

/** Makes a function that reads the calls of a request, writes them down, and hands them on. */
function callTaker({ platform, recordDir }: TrackingServerOptions): TakeCalls {
  const recentIds = new RecentIds(MAX_REMEMBERED_IDS)
  const record = recordDir === undefined ? () => undefined : createRecorder(recordDir)

  return async (request, type) => {
    const body = await readBody(request, type === undefined ? MAX_BATCH_BYTES : MAX_CALL_BYTES)
    const calls = readCalls(body, type)
    const writeKey = basicUser(request) ?? (body as { writeKey?: unknown }).writeKey ?? calls[0]?.writeKey
    if (typeof writeKey !== 'string' || writeKey === '') throw noWriteKey()

    const now = new Date()
    const ids = new Set<string>()
    const taken = calls.map((sent, index) => {
      const completed = completeCall(sent, now)
      const id = `${writeKey} ${completed.call.messageId}`
      const stoppedBy =
        index < MAX_BATCH_CALLS
          ? dropReason(completed.call)
          : `Segment drops this call: its batch has more than ${MAX_BATCH_CALLS.toLocaleString('en-US')} calls.`
      if (stoppedBy !== undefined) return { ...completed, stoppedBy }
      if (recentIds.has(id) || ids.has(id)) {
        return { ...completed, stoppedBy: 'Segment drops this call: it has had one with the same messageId.' }
      }
      ids.add(id)
      return completed
    })
    const kept = taken.filter((each) => !('stoppedBy' in each))
    try {
      record(
        writeKey,
        kept.map(({ call }) => call),
        now
      )
    } catch (error) {
      // The client sends them again.
      throw new TrackingError(500, `The calls cannot be recorded: ${errorMessage(error)}.`)
    }
    for (const id of ids) recentIds.add(id)
    for (const { call, ...notes } of taken) platform.accept(call, notes)
  }
}

async function respond(request: IncomingMessage, response: ServerResponse, origin: string, takeCalls: TakeCalls) {
  allowAnyPage(request, response)
  try {
    if (request.method === 'OPTIONS') return void response.writeHead(204).end()
    const [pathname] = (request.url ?? '/').split('?', 1)
    const file = request.method === 'GET' ? libraryFile(pathname, origin) : undefined
    if (file) return void response.writeHead(200, { 'content-type': file.contentType }).end(file.content)

    const name = /^\/v1\/(\w+)\/?$/.exec(pathname)?.[1] ?? ''
    const isKnown = TYPES.has(name) || BATCHES.has(name)
    // The metrics of the libraries.
    if (request.method !== 'POST' || (!isKnown && name !== 'm')) throw notFound(isKnown)
    if (isKnown) await takeCalls(request, TYPES.get(name))
    answer(response, 200, { success: true })
  } catch (error) {
    if (request.destroyed && !request.complete) return
    const { status, message } = error instanceof TrackingError ? error : new TrackingError(500, errorMessage(error))
    if (!request.complete) {
      response.setHeader('connection', 'close')
      discard(request)
    }
    answer(response, status, { success: false, message })
  }
}

const notFound = (isKnown: boolean) =>
  isKnown
    ? new TrackingError(405, 'Send calls with POST.')
    : new TrackingError(
        404,
        `Not found. Send calls to /v1/track, /v1/batch and the other addresses of Segment's HTTP API.`
      )

function answer(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
}

function discard(request: IncomingMessage): void {
  request.resume()
  const timer = setTimeout(() => request.destroy(), DISCARD_MS)
  request.once('close', () => clearTimeout(timer))
}

/** Websites of any origin send calls, as to Segment. */
function allowAnyPage({ headers }: IncomingMessage, response: ServerResponse): void {
  response.setHeader('access-control-allow-origin', '*')
  response.setHeader('access-control-allow-methods', 'GET, POST, OPTIONS')
  response.setHeader('access-control-allow-headers', headers['access-control-request-headers'] ?? '*')
  if (headers['access-control-request-private-network']) {
    response.setHeader('access-control-allow-private-network', 'true')
  }
}

/** The user name of Basic authentication; undefined without one. */
function basicUser({ headers: { authorization = '' } }: IncomingMessage): string | undefined {
  const encoded = /^Basic +(\S+)$/i.exec(authorization)?.[1] ?? ''
  return Buffer.from(encoded, 'base64').toString().split(':', 1)[0] || undefined
}

const LISTEN_ERRORS: ReadonlyMap<string | undefined, string> = new Map([
  ['EADDRINUSE', 'is taken'],
  ['EACCES', 'may not be used by this user']
])

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const reason = LISTEN_ERRORS.get(error.code)
      const message = `Port ${port} of ${HOST} ${reason}: choose another one, or 0 for any that is free.`
      reject(reason ? new LocalSegmentError(message) : error)
    })
    server.listen(port, HOST, resolve)
  })
}
