import type { SegmentEvent } from '@segment/actions-core'
import { SERVER } from '@tractionboard/contract'
import destination from '@tractionboard/destination'
import { readArchives, STDIN, tryCall, withBaseUrl } from '@tractionboard/local-segment'
import { CliError } from '../errors'
import { describeTryResults } from '../report/try'
import { print } from '../terminal'
import { openSandbox } from './sandbox'

export interface TryOptions {
  token?: string
  /** The origin of the server; needs a token. */
  apiUrl?: string
}

/**
 * Sends one call, and prints what was sent and what the response was.
 *
 * @throws CliError if there is not exactly one call, or if it was not delivered.
 */
export async function runTry(file = STDIN, { token, apiUrl }: TryOptions): Promise<void> {
  if (apiUrl && token === undefined) {
    throw new CliError('--api-url needs --token. Without both, the call goes to a sandbox.')
  }
  const call = await readOneCall(file)
  const sandbox = token === undefined ? await openSandbox({}) : undefined
  try {
    const origin = sandbox?.origin ?? apiUrl ?? SERVER
    const results = await tryCall(withBaseUrl(destination, origin), { tokenId: token ?? sandbox?.token ?? '' }, call)
    print(describeTryResults(results))
    if (results.some(({ error }) => error)) throw new CliError('\nThe call was not delivered.')
  } finally {
    await sandbox?.close()
  }
}

async function readOneCall(file: string): Promise<SegmentEvent> {
  let call: SegmentEvent | undefined
  for await (const entry of readArchives([file])) {
    if ('problem' in entry) throw new CliError(`Line ${entry.line} ${entry.problem}. Write one call on one line.`)
    if (call) throw new CliError('There are several calls. Write only one, or use `tractionboard replay`.')
    call = entry.call
  }
  if (!call) throw new CliError('There is no call. Write one on one line, as JSON.')
  return call
}
