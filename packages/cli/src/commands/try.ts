import type { SegmentEvent } from '@segment/actions-core'
import type { Command } from 'commander'
import { SERVER } from '@tractionboard/contract'
import destination from '@tractionboard/destination'
import { Failure } from '../failure'
import { readArchives, STDIN } from '../replay/archive'
import { tryCall } from '../replay/try'
import { describeTrials } from '../report/trial'
import { retarget } from '../retarget'
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
        throw new Failure('--api-url needs --token: without it, the call goes to a sandbox.')
      const call = await theCallIn(file)
      const sandbox = token === undefined ? await openSandbox({}) : undefined
      try {
        const origin = sandbox?.origin ?? originOf(apiUrl ?? SERVER)
        const trials = await tryCall(retarget(destination, origin), token ?? sandbox?.token ?? '', call)
        console.log(describeTrials(trials))
        if (trials.some(({ failure }) => failure)) throw new Failure('\nThe call was not delivered.')
      } finally {
        await sandbox?.close()
      }
    })
}

async function theCallIn(file: string): Promise<SegmentEvent> {
  let call: SegmentEvent | undefined
  for await (const entry of readArchives([file])) {
    if ('problem' in entry) throw new Failure(`Line ${entry.line} ${entry.problem}. Write one call on one line.`)
    if (call) throw new Failure('There are several calls. Write one, or use `tractionboard replay`.')
    call = entry.call
  }
  if (!call) throw new Failure('There is no call. Write one on one line, as JSON.')
  return call
}
