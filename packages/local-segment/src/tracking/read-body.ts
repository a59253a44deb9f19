import type { IncomingMessage } from 'node:http'
import { promisify } from 'node:util'
import { gunzip } from 'node:zlib'
import { isGzip } from '../archive/format'
import { invalidJson, tooLarge } from './answers'
import { MAX_DEPTH } from './limits'

const unzip = promisify(gunzip)

/**
 * Reads the JSON of a request, whatever its content type says: browsers send `text/plain`. Gzip is told by its first bytes,
 * because some clients send it without a `Content-Encoding`.
 *
 * @param maxBytes how many bytes it may have, also once it is decompressed. What is more is not kept.
 * @throws TrackingError if it is larger, or no JSON.
 */
export async function readBody(request: IncomingMessage, maxBytes: number): Promise<unknown> {
  const received = await readBytes(request, maxBytes)
  const bytes = isGzip(received) ? await decompress(received, maxBytes) : received
  let body: unknown
  try {
    body = JSON.parse(bytes.toString())
  } catch {
    throw invalidJson('the body cannot be parsed.')
  }
  if (isDeeperThan(body, MAX_DEPTH)) throw invalidJson(`it has more than ${MAX_DEPTH} objects in one another.`)
  return body
}

function readBytes(request: IncomingMessage, maxBytes: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    let bytes = 0
    request.on('data', (chunk: Buffer) => {
      bytes += chunk.length
      if (bytes <= maxBytes) chunks.push(chunk)
      else reject(tooLarge())
    })
    request.on('end', () => resolve(Buffer.concat(chunks)))
    request.on('error', reject)
  })
}

async function decompress(bytes: Buffer, maxBytes: number): Promise<Buffer> {
  try {
    return await unzip(bytes, { maxOutputLength: maxBytes })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') throw tooLarge()
    throw invalidJson('the body is gzipped, but damaged.')
  }
}

const isDeeperThan = (value: unknown, depth: number): boolean =>
  typeof value === 'object' &&
  value !== null &&
  (depth === 0 || Object.values(value).some((member) => isDeeperThan(member, depth - 1)))
