import { LIMITS } from '@tractionboard/contract'
import express, { type Request, type Response } from 'express'
import { promisify } from 'node:util'
import { problem } from './problem'

const MEDIA_TYPE = 'application/json'

const readBytes = promisify(express.raw({ limit: LIMITS.maxRequestBytes, type: () => true }))

/**
 * Reads the body of a request as JSON in UTF-8, inflated if it was compressed.
 *
 * @returns what `JSON.parse` gives.
 * @throws a problem with status 415 for another content type, 400 for a body that is not JSON, or an error of the body
 * parser (see `errors.ts`), also if the body is larger than the contract allows a request to be.
 */
export async function readJson(request: Request, response: Response): Promise<unknown> {
  const contentType = (request.headers['content-type'] ?? '').split(';')[0].trim().toLowerCase()
  if (contentType !== MEDIA_TYPE) throw problem(415, `The content type is not ${MEDIA_TYPE}. Send JSON, and say so.`)
  await readBytes(request, response)
  return parse(request.body as Buffer | undefined)
}

function parse(bytes: Buffer | undefined): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch {
    throw problem(400, 'The body is not JSON. Send JSON in UTF-8.')
  }
}
