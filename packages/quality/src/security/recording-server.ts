import type { ServerResponse } from 'node:http'
import type { WireEvent } from '../../../destination/src/wire-types'
import { readBody, listen, type LoopbackServer } from '../shared/loopback'
import { acceptAll as acceptEvents } from '../shared/stub'

export interface ReceivedRequest {
  method: string
  /** The path on the wire. */
  path: string
  authorization: string | undefined
  body: string
}

/** A server on loopback that keeps the requests it receives. */
export interface RecordingServer extends LoopbackServer {
  received: ReceivedRequest[]
}

/** Starts a server that keeps the requests it receives, and responds once the body has been read. */
export async function startRecordingServer(
  respond: (received: ReceivedRequest, response: ServerResponse) => void
): Promise<RecordingServer> {
  const received: ReceivedRequest[] = []
  const server = await listen((request, response) => {
    void readBody(request)
      .then((body) => {
        const { method = '', url = '', headers } = request
        const entry = { method, path: url, authorization: headers.authorization, body }
        received.push(entry)
        respond(entry, response)
      })
      .catch(() => response.writeHead(500).end())
  })
  return { ...server, received }
}

/** Responds as Tractionboard does without faults. */
export function acceptAll({ path, body }: ReceivedRequest, response: ServerResponse): void {
  const json = (text: string) => response.writeHead(200, { 'content-type': 'application/json' }).end(text)
  if (path === '/v1/erasures') response.writeHead(204).end()
  else if (path === '/v1/token') json('{"valid":true}')
  else if (path === '/v1/events') json(acceptEvents((JSON.parse(body) as { events: WireEvent[] }).events).text)
  else response.writeHead(404).end()
}
