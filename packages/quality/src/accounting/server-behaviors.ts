import type { ServerResponse } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { gzipSync } from 'node:zlib'
import type { ExpectedOutcome } from './oracle'

/** The destination's timeout in this run. A server that is too slow takes a multiple of it. */
export const TIMEOUT_MS = 200

/** A request that a server has to respond to. */
interface ServedRequest {
  response: ServerResponse
  /** The body of the response that accepts all events. */
  goodBody: string
  /** The origin of another server, to redirect to. */
  otherOrigin: string
}

/** How a server responds, and the outcome of each event that it leads to. */
export interface ServerBehavior {
  description: string
  outcome: ExpectedOutcome
  /** The most events of a batch for which this is the outcome of each. */
  maxEvents?: number
  respond: (served: ServedRequest) => void | Promise<void>
}

const JSON_TYPE = { 'content-type': 'application/json' }
const GZIP = { ...JSON_TYPE, 'content-encoding': 'gzip' }

type Headers = Record<string, string>
type Encoder = (goodBody: string) => string | Buffer

const unencoded: Encoder = (goodBody) => goodBody
const gzip: Encoder = (goodBody) => gzipSync(goodBody)

const respondWith =
  (status: number, headers: Headers, encode: Encoder) =>
  ({ response, goodBody }: ServedRequest) =>
    void response.writeHead(status, headers).end(encode(goodBody))

/** Writes bytes to the socket in place of a response, and closes the connection. */
const rawBytes =
  (bytes: (goodBody: string) => string) =>
  ({ response, goodBody }: ServedRequest) =>
    void response.socket?.end(bytes(goodBody))

/** Writes the response in pieces of a length, and waits between them. */
const slowly =
  (length: number, waitMs: number) =>
  async ({ response, goodBody }: ServedRequest) => {
    response.writeHead(200, JSON_TYPE)
    for (let at = 0; at < goodBody.length && !response.destroyed; at += length) {
      response.write(goodBody.slice(at, at + length))
      await sleep(waitMs)
    }
    response.end()
  }

/** Writes part of the response, and closes the connection when that has arrived. */
const hangUpAfter =
  (part: (goodBody: string) => string) =>
  async ({ response, goodBody }: ServedRequest) => {
    response.writeHead(200, JSON_TYPE).flushHeaders()
    if (part(goodBody)) response.write(part(goodBody))
    await sleep(5)
    response.socket?.destroy()
  }

const respondLate = async ({ response, goodBody }: ServedRequest) => {
  await sleep(3 * TIMEOUT_MS)
  response.writeHead(200, JSON_TYPE).end(goodBody)
}

const respondWithHints = ({ response, goodBody }: ServedRequest) => {
  response.writeEarlyHints({ link: '</a>; rel=preload' })
  response.writeHead(200, JSON_TYPE).end(goodBody)
}

const redirect = (status: number): ServerBehavior => ({
  description: `redirects with ${status}`,
  outcome: 'retried',
  respond: ({ response, otherOrigin }) =>
    void response.writeHead(status, { location: `${otherOrigin}/v1/events` }).end()
})

const hex = (number: number) => number.toString(16)

/** Failures below the level of JSON, and some behaviors that look wrong and are not. */
export const SERVER_BEHAVIORS: ServerBehavior[] = [
  { description: 'responds as it should', outcome: 'success', respond: respondWith(200, JSON_TYPE, unencoded) },
  { description: 'responds without a content type', outcome: 'success', respond: respondWith(200, {}, unencoded) },
  { description: 'responds compressed', outcome: 'success', respond: respondWith(200, GZIP, gzip) },
  {
    description: 'responds with 70 KB',
    outcome: 'success',
    respond: respondWith(200, JSON_TYPE, (goodBody) => goodBody + ' '.repeat(70_000))
  },
  { description: 'responds in small pieces', outcome: 'success', respond: slowly(50, 1) },
  { description: 'sends 103 before its response', outcome: 'success', respond: respondWithHints },
  {
    description: 'claims a compression that it did not use',
    outcome: 'retried',
    respond: respondWith(200, GZIP, unencoded)
  },
  {
    description: 'cuts a compressed goodBody',
    outcome: 'retried',
    respond: respondWith(200, GZIP, (goodBody) => gzip(goodBody).slice(0, 30))
  },
  {
    description: 'closes the connection at once',
    outcome: 'retried',
    respond: ({ response }) => void response.socket?.destroy()
  },
  {
    description: 'resets the connection',
    outcome: 'retried',
    respond: ({ response }) => void response.socket?.resetAndDestroy()
  },
  { description: 'closes the connection after the headers', outcome: 'retried', respond: hangUpAfter(() => '') },
  {
    description: 'hangs up in the midst of its goodBody',
    outcome: 'retried',
    respond: hangUpAfter((goodBody) => goodBody.slice(0, -1))
  },
  {
    description: 'announces more than it sends',
    outcome: 'retried',
    respond: rawBytes(
      (goodBody) => `HTTP/1.1 200 OK\r\ncontent-length: ${goodBody.length}\r\n\r\n${goodBody.slice(0, -2)}`
    )
  },
  {
    description: 'sends more than its content length',
    outcome: 'retried',
    respond: rawBytes((goodBody) => `HTTP/1.1 200 OK\r\ncontent-length: ${goodBody.length - 2}\r\n\r\n${goodBody}`)
  },
  {
    description: 'leaves out the end of a chunked goodBody',
    outcome: 'retried',
    respond: rawBytes(
      (goodBody) =>
        `HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n${hex(goodBody.length)}\r\n${goodBody.slice(0, -1)}`
    )
  },
  { description: 'speaks another protocol', outcome: 'retried', respond: rawBytes(() => 'SSH-2.0-OpenSSH_9.2\r\n') },
  {
    description: 'sends an invalid header',
    outcome: 'retried',
    respond: rawBytes((goodBody) => `HTTP/1.1 200 OK\r\nno header\r\n\r\n${goodBody}`)
  },
  { description: 'responds too late', outcome: 'retried', respond: respondLate },
  { description: 'begins to goodBody, and takes too long', outcome: 'retried', respond: slowly(40, 2 * TIMEOUT_MS) },
  {
    description: 'responds with 204',
    outcome: 'retried',
    respond: ({ response }) => void response.writeHead(204).end()
  },
  {
    description: 'responds with 304',
    outcome: 'retried',
    respond: ({ response }) => void response.writeHead(304).end()
  },
  ...[301, 302, 303, 307, 308].map(redirect),
  {
    description: 'responds with 401 and good results',
    outcome: 'authentication',
    respond: respondWith(401, JSON_TYPE, unencoded)
  },
  {
    description: 'responds with 500 and good results',
    outcome: 'retried',
    respond: respondWith(500, JSON_TYPE, unencoded)
  },
  {
    description: 'responds to every request with 413',
    outcome: 'discarded',
    // Their parts take 31 requests. Of a larger batch some events are retried, because it is sent in at most 32.
    maxEvents: 16,
    respond: respondWith(413, {}, () => '')
  }
]
