import type { ServerResponse } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { gzipSync } from 'node:zlib'
import type { Fate } from './oracle'

/** How long the destination waits in these runs. A server that is too slow takes a multiple of it. */
export const TIMEOUT_MS = 200

/** A request in the hands of a server. */
interface Visit {
  response: ServerResponse
  /** The answer that accepts all events. */
  answer: string
  /** An address that nobody should be sent to. */
  elsewhere: string
}

/** What a server does, and what becomes of each event. */
export interface Behaviour {
  what: string
  fate: Fate
  serve: (visit: Visit) => void | Promise<void>
}

const JSON_TYPE = { 'content-type': 'application/json' }
const GZIP = { ...JSON_TYPE, 'content-encoding': 'gzip' }

type Headers = Record<string, string>
type Written = (answer: string) => string | Buffer

const same: Written = (answer) => answer
const gzip: Written = (answer) => gzipSync(answer)

/** Answers in the ordinary way. */
const say =
  (status: number, headers: Headers, written: Written) =>
  ({ response, answer }: Visit) =>
    void response.writeHead(status, headers).end(written(answer))

/** Writes bytes where an answer should be, and hangs up. */
const raw =
  (bytes: (answer: string) => string) =>
  ({ response, answer }: Visit) =>
    void response.socket?.end(bytes(answer))

/** Writes the answer in pieces of a length, and waits between them. */
const slowly =
  (length: number, waitMs: number) =>
  async ({ response, answer }: Visit) => {
    response.writeHead(200, JSON_TYPE)
    for (let at = 0; at < answer.length && !response.destroyed; at += length) {
      response.write(answer.slice(at, at + length))
      await sleep(waitMs)
    }
    response.end()
  }

/** Writes some of the answer, and hangs up when that has arrived. */
const hangUpAfter =
  (part: (answer: string) => string) =>
  async ({ response, answer }: Visit) => {
    response.writeHead(200, JSON_TYPE).flushHeaders()
    if (part(answer)) response.write(part(answer))
    await sleep(5)
    response.socket?.destroy()
  }

const late = async ({ response, answer }: Visit) => {
  await sleep(3 * TIMEOUT_MS)
  response.writeHead(200, JSON_TYPE).end(answer)
}

const early = ({ response, answer }: Visit) => {
  response.writeEarlyHints({ link: '</a>; rel=preload' })
  response.writeHead(200, JSON_TYPE).end(answer)
}

const redirect = (status: number): Behaviour => ({
  what: `redirects with ${status}`,
  fate: 'retried',
  serve: ({ response, elsewhere }) => void response.writeHead(status, { location: `${elsewhere}/v1/events` }).end()
})

const hex = (number: number) => number.toString(16)

/** Everything that goes wrong below an answer's words, and some of what looks wrong and is not. */
export const BEHAVIOURS: Behaviour[] = [
  { what: 'answers as it should', fate: 'success', serve: say(200, JSON_TYPE, same) },
  { what: 'answers without a content type', fate: 'success', serve: say(200, {}, same) },
  { what: 'answers compressed', fate: 'success', serve: say(200, GZIP, gzip) },
  { what: 'answers with 70 KB', fate: 'success', serve: say(200, JSON_TYPE, (answer) => answer + ' '.repeat(70_000)) },
  { what: 'answers in small pieces', fate: 'success', serve: slowly(50, 1) },
  { what: 'says 103 before it answers', fate: 'success', serve: early },
  { what: 'says that it compressed, and did not', fate: 'retried', serve: say(200, GZIP, same) },
  { what: 'cuts a compressed answer', fate: 'retried', serve: say(200, GZIP, (answer) => gzip(answer).slice(0, 30)) },
  { what: 'hangs up at once', fate: 'retried', serve: ({ response }) => void response.socket?.destroy() },
  { what: 'resets the connection', fate: 'retried', serve: ({ response }) => void response.socket?.resetAndDestroy() },
  { what: 'hangs up after the headers', fate: 'retried', serve: hangUpAfter(() => '') },
  { what: 'hangs up in the midst of its answer', fate: 'retried', serve: hangUpAfter((answer) => answer.slice(0, -1)) },
  {
    what: 'announces more than it sends',
    fate: 'retried',
    serve: raw((answer) => `HTTP/1.1 200 OK\r\ncontent-length: ${answer.length}\r\n\r\n${answer.slice(0, -2)}`)
  },
  {
    what: 'announces less than it sends',
    fate: 'retried',
    serve: raw((answer) => `HTTP/1.1 200 OK\r\ncontent-length: ${answer.length - 2}\r\n\r\n${answer}`)
  },
  {
    what: 'leaves out the end of a chunked answer',
    fate: 'retried',
    serve: raw(
      (answer) => `HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n${hex(answer.length)}\r\n${answer.slice(0, -1)}`
    )
  },
  { what: 'speaks another protocol', fate: 'retried', serve: raw(() => 'SSH-2.0-OpenSSH_9.2\r\n') },
  {
    what: 'has a header that is none',
    fate: 'retried',
    serve: raw((answer) => `HTTP/1.1 200 OK\r\nno header\r\n\r\n${answer}`)
  },
  { what: 'answers too late', fate: 'retried', serve: late },
  { what: 'begins to answer, and takes too long', fate: 'retried', serve: slowly(40, 2 * TIMEOUT_MS) },
  { what: 'says 204', fate: 'retried', serve: ({ response }) => void response.writeHead(204).end() },
  { what: 'says 304', fate: 'retried', serve: ({ response }) => void response.writeHead(304).end() },
  ...[301, 302, 303, 307, 308].map(redirect),
  { what: 'says 401, with good results', fate: 'authentication', serve: say(401, JSON_TYPE, same) },
  { what: 'says 500, with good results', fate: 'retried', serve: say(500, JSON_TYPE, same) },
  { what: 'says 413 to every request', fate: 'discarded', serve: say(413, {}, () => '') }
]
