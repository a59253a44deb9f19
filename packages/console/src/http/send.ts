import type { IncomingMessage, ServerResponse } from 'node:http'
import type { StaticFile } from './static-files'

/** Sends JSON that no one may keep. */
export function sendJson(response: ServerResponse, status: number, body: unknown): void {
  const text = body === undefined ? '' : JSON.stringify(body)
  response.writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store' }).end(text)
}

/** Sends a file of the page, compressed if the browser takes that. */
export function sendFile(request: IncomingMessage, response: ServerResponse, file: StaticFile): void {
  const isBrotli = file.brotli !== undefined && /\bbr\b/.test(String(request.headers['accept-encoding']))
  const body = isBrotli ? file.brotli : file.bytes
  response.writeHead(200, {
    'content-type': file.type,
    'cache-control': file.isHashed ? 'max-age=31536000, immutable' : 'no-cache',
    ...(isBrotli && { 'content-encoding': 'br' }),
    vary: 'accept-encoding'
  })
  response.end(request.method === 'HEAD' ? undefined : body)
}
