import type { SegmentEvent } from '@segment/actions-core'
import type { Command } from 'commander'
import { SERVER } from '@tractionboard/contract'
import destination from '@tractionboard/destination'
import { CliError } from '../errors'
import { readArchives, STDIN } from '@tractionboard/local-segment'
import { tryCall } from '@tractionboard/local-segment'
import { describeTryResults } from '../report/try'
import { withBaseUrl } from '@tractionboard/local-segment'
import { originOf } from '../sandbox-client'
import { openSandbox } from './sandbox'

interface Options {
  token?: string
  apiUrl?: string
}

export const addTry = (program: Command): void => {
  program
    .command('try')
    .description('test one Segment call: which mapping is for it, what is sent, and what is answered')
    .argument('[file]', 'the call, as JSON on one line; - is standard input', STDIN)
    .option('--token <Token ID>', 'the account to send to (default: a sandbox that is there for this call only)')
    .option('--api-url <URL>', `where Tractionboard is reached, with --token (default: ${SERVER})`)
    .action(async (file: string, { token, apiUrl }: Options) => {
      if (apiUrl && token === undefined)
        throw new CliError('--api-url needs --token: without it, the call goes to a sandbox.')
      const call = await theCallIn(file)
      const sandbox = token === undefined ? await openSandbox({}) : undefined
      try {
        const origin = sandbox?.origin ?? originOf(apiUrl ?? SERVER)
        const results = await tryCall(
          withBaseUrl(destination, origin),
          { tokenId: token ?? sandbox?.token ?? '' },
          call
        )
        console.log(describeTryResults(results))
        if (results.some(({ error }) => error)) throw new CliError('\nThe call was not delivered.')
      } finally {
        await sandbox?.close()
      }
    })
}

async function theCallIn(file: string): Promise<SegmentEvent> {
  let call: SegmentEvent | undefined
  for await (const entry of readArchives([file])) {
    if ('problem' in entry) throw new CliError(`Line ${entry.line} ${entry.problem}. Write one call on one line.`)
    if (call) throw new CliError('There are several calls. Write one, or use `tractionboard replay`.')
    call = entry.call
  }
  if (!call) throw new CliError('There is no call. Write one on one line, as JSON.')
  return call
}
