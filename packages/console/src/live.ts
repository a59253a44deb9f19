import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Platform } from '@tractionboard/local-segment'
import { summarize } from './summary'

/** How long changes are collected before they are sent. */
const FLUSH_MS = 50

/** How often an idle connection gets a line, so that a broken one is noticed. */
const HEARTBEAT_MS = 15_000

/** How many calls one message has at the most, so that the page can draw in between. */
const MAX_CALLS = 500

interface Client {
  response: ServerResponse
  /** The version up to which the client has everything. */
  version: number
}

/** Tells pages of calls as they come and change. */
export interface Live {
  /** Answers a request with a stream that goes on until the client closes it. */
  serve(request: IncomingMessage, response: ServerResponse): void
  close(): void
}

/**
 * Makes the stream of calls: Server-Sent Events whose ids are the run and the version of the last trace in them. After a
 * break, a browser names the last id that it got, and gets what has changed since. Nothing is queued for a client: one
 * that reads slowly gets the latest of each call once it has read what was written before.
 *
 * @param run names this run of the server. A page that has seen another run starts anew.
 * @see https://html.spec.whatwg.org/multipage/server-sent-events.html
 */
export function createLive(platform: Platform, run: string): Live {
  const clients = new Set<Client>()
  let timer: NodeJS.Timeout | undefined

  function flush(): void {
    timer = undefined
    clients.forEach(write)
  }

  function write(client: Client): void {
    if (client.response.writableNeedDrain) return
    const traces = platform.changesSince(client.version)
    for (let start = 0; start < traces.length; start += MAX_CALLS) {
      const part = traces.slice(start, start + MAX_CALLS)
      client.version = part[part.length - 1].version
      const data = JSON.stringify(part.map(summarize))
      client.response.write(`id: ${run}.${client.version}\nevent: calls\ndata: ${data}\n\n`)
      // The rest goes out on drain: what has changed again by then is sent once.
      if (client.response.writableNeedDrain) return
    }
  }

  const heartbeat = setInterval(() => {
    for (const { response } of clients) if (!response.writableNeedDrain) response.write(': alive\n\n')
  }, HEARTBEAT_MS)
  heartbeat.unref()
  const stop = platform.on(() => (timer ??= setTimeout(flush, FLUSH_MS)))

  return {
    serve(request, response) {
      const [seenRun, version] = String(request.headers['last-event-id'] ?? '').split('.')
      const isSameRun = seenRun === run && /^\d+$/.test(version)
      const client = { response, version: isSameRun ? Number(version) : 0 }
      response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' })
      response.write('retry: 1000\n\n')
      if (!isSameRun) response.write(`id: ${run}.0\nevent: start\ndata: {}\n\n`)
      response.on('drain', () => write(client))
      response.on('close', () => clients.delete(client))
      clients.add(client)
      write(client)
    },
    close() {
      stop()
      clearTimeout(timer)
      clearInterval(heartbeat)
      for (const { response } of clients) response.end()
    }
  }
}
