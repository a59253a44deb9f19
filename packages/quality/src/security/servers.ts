import type { ServerResponse } from 'node:http'
import type { WireEvent } from '../../../destination/src/wire-types'
import { bodyOf, listen, type Loopback } from '../shared/loopback'
import { acceptAll as acceptEvents } from '../shared/stub'

/** A request as it came in. */
export interface Received {
  method: string
  /** As it stood on the wire. */
  path: string
  authorization: string | undefined
  body: string
}

/** A server on this machine that keeps what it was sent. */
export interface Recorder extends Loopback {
  received: Received[]
}

/** Starts a server that keeps what it is sent, and answers each request once its body was read. */
export async function startRecorder(answer: (received: Received, response: ServerResponse) => void): Promise<Recorder> {
  const received: Received[] = []
  const server = await listen((request, response) => {
    void bodyOf(request).then((body) => {
      const { method = '', url = '', headers } = request
      const entry = { method, path: url, authorization: headers.authorization, body }
      received.push(entry)
      answer(entry, response)
    })
  })
  return { ...server, received }
}

/** Answers as Tractionboard does when all is well. */
export function acceptAll({ method, path, body }: Received, response: ServerResponse): void {
  if (method === 'DELETE') return void response.writeHead(204).end()
  const text =
    path === '/v1/token' ? '{"valid":true}' : acceptEvents((JSON.parse(body) as { events: WireEvent[] }).events).text
  response.writeHead(200, { 'content-type': 'application/json' }).end(text)
}
