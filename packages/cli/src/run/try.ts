import { randomUUID } from 'node:crypto'
import { Readable } from 'node:stream'
import type { SegmentEvent } from '@segment/actions-core'
import { SERVER } from '@tractionboard/contract'
import destination from '@tractionboard/destination'
import { listArchives, mappingsOf, readArchive, STDIN, tryCall, withBaseUrl } from '@tractionboard/local-segment'
import { CliError } from '../errors'
import { readMappings } from '../archive-input'
import { describeFilledIn, describeMappings } from '../report/try'
import { print } from '../terminal'
import { openSandbox } from './sandbox'

export interface TryOptions {
  token?: string
  /** The origin of the server; needs a token. */
  apiUrl?: string
  /** The path of a file with the customer's mappings. */
  mappings?: string
}

/**
 * Sends one call, and prints what was sent and what the response was.
 *
 * @throws CliError if there is not exactly one call, or if it was not delivered.
 */
export async function runTry(file = STDIN, { token, apiUrl, mappings: mappingsFile }: TryOptions): Promise<void> {
  if (apiUrl && token === undefined) {
    throw new CliError('--api-url needs --token. Without both, the call goes to a sandbox.')
  }
  const mappings = mappingsFile === undefined ? mappingsOf(destination) : await readMappings(mappingsFile)
  const { call, filledIn } = complete(await readOneCall(file))
  const sandbox = token === undefined ? await openSandbox({}) : undefined
  try {
    const origin = sandbox?.origin ?? apiUrl ?? SERVER
    const settings = { tokenId: token ?? sandbox?.token ?? '' }
    const results = await tryCall(withBaseUrl(destination, origin), settings, call, mappings)
    print([...describeFilledIn(filledIn), ...describeMappings(destination, mappings, call, results)])
    if (results.some(({ error }) => error)) throw new CliError('\nThe call was not delivered.')
  } finally {
    await sandbox?.close()
  }
}

/** Fills in what Segment's libraries send with every call. */
function complete(call: SegmentEvent): { call: SegmentEvent; filledIn: Record<string, string> } {
  const filledIn: Record<string, string> = {
    ...(call.messageId === undefined && { messageId: randomUUID() }),
    ...(call.timestamp === undefined && { timestamp: new Date().toISOString() })
  }
  return { call: { ...call, ...filledIn }, filledIn }
}

async function readOneCall(file: string): Promise<SegmentEvent> {
  let call: SegmentEvent | undefined
  for await (const archive of listArchives([file])) {
    const text = await readText(archive.open())
    for await (const entries of readArchive({ ...archive, open: () => Readable.from([text]) })) {
      for (const entry of entries) {
        if ('problem' in entry) throw new CliError(`Line ${entry.line} ${entry.problem}. Write one call as JSON.`)
        if (call) throw new CliError('There are several calls. Write only one, or use `tractionboard replay`.')
        call = entry.call
      }
    }
  }
  if (!call) throw new CliError('There is no call. Write one, as JSON.')
  return call
}

/** What a file holds; JSON that is written over several lines is put on one, as archives have it. */
async function readText(stream: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const chunks: Uint8Array[] = []
  for await (const chunk of stream) chunks.push(chunk)
  const bytes = Buffer.concat(chunks)
  try {
    return Buffer.from(JSON.stringify(JSON.parse(bytes.toString())))
  } catch {
    return bytes
  }
}
