import type { IncomingMessage } from 'node:http'
import { HttpError } from './http-error'

/** A call may have 4 MB, and there is something around it. */
const MAX_BODY_BYTES = 5_000_000

/**
 * Reads the body of a request as JSON.
 *
 * @throws HttpError if it is no JSON, has another content type, or is larger than `MAX_BODY_BYTES`. A body that is too
 *   large is not read to its end.
 */
export async function readJson(request: IncomingMessage): Promise<unknown> {
  if (!/^application\/json\b/i.test(request.headers['content-type'] ?? '')) {
    throw new HttpError(415, 'The content type is not application/json. Send JSON, and say so.')
  }
  const tooLarge = () => new HttpError(413, `The body is larger than ${MAX_BODY_BYTES / 1_000_000} MB. Send less.`)
  if (Number(request.headers['content-length']) > MAX_BODY_BYTES) throw tooLarge()
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size > MAX_BODY_BYTES) throw tooLarge()
    chunks.push(chunk)
  }
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(chunks)))
  } catch {
    throw new HttpError(400, 'The body is not JSON in UTF-8.')
  }
}
