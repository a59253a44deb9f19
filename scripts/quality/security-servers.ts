import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A request as it came in. */
export interface Received {
  method: string
  /** As it stood on the wire. */
  path: string
  authorization: string | undefined
  body: string
}

/** A server on this machine that keeps what it was sent. */
export interface Recorder {
  origin: string
  received: Received[]
  close(): Promise<void>
}

/** Starts a server that keeps what it is sent, and answers each request once its body was read. */
export async function startRecorder(answer: (received: Received, response: ServerResponse) => void): Promise<Recorder> {
  const received: Received[] = []
  const server = createServer((request, response) => {
    void bodyOf(request).then((body) => {
      const { method = '', url = '', headers } = request
      const entry = { method, path: url, authorization: headers.authorization, body }
      received.push(entry)
      answer(entry, response)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    received,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      })
  }
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk)
  return Buffer.concat(chunks).toString()
}

/** Answers as Tractionboard does when all is well. */
export function acceptAll({ method, path, body }: Received, response: ServerResponse): void {
  if (method === 'DELETE') return void response.writeHead(204).end()
  const json = path === '/v1/token' ? { valid: true } : resultsOf(JSON.parse(body) as { events: { id: string }[] })
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(json))
}

const resultsOf = ({ events }: { events: { id: string }[] }) => ({
  accepted: events.length,
  duplicates: 0,
  rejected: 0,
  results: events.map(({ id }, index) => ({ index, id, status: 'accepted' }))
})
