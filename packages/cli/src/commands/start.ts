import type { Command } from 'commander'
import destination from '@tractionboard/destination'
import type { Sandbox, Spend } from '@tractionboard/sandbox'
import { parsePort } from '../port'
import { replay, type Progress } from '@tractionboard/local-segment'
import { describeDashboard } from '../report/dashboard'
import { progressBar } from '../report/progress'
import { describeReplay } from '../report/replay'
import { withBaseUrl } from '@tractionboard/local-segment'
import { SAMPLE_SPEND, sampleFiles } from '../sample'
import { SPEND } from '../spend'
import { keepOpen, openSandbox } from './sandbox'

/** Replays the sample into a sandbox, and puts in words what came out. */
export async function replaySample(sandbox: Sandbox, progress: Progress): Promise<string> {
  const report = await replay(
    withBaseUrl(destination, sandbox.origin),
    { tokenId: sandbox.token },
    sampleFiles(),
    progress
  )
  return `${describeReplay(report)}\n${describeDashboard(sandbox.dashboard())}`
}

interface Options {
  once?: boolean
  port: number
  spend?: Spend
}

export const addStart = (program: Command): void => {
  program
    .command('start')
    .description('start the sandbox, replay the bundled sample archive into it, and show what came out')
    .option('--once', 'end after that, instead of keeping the sandbox')
    .option('--port <port>', 'the port on 127.0.0.1; 0 takes any that is free', parsePort, 0)
    .option(...SPEND)
    .action(async ({ once, port, spend = SAMPLE_SPEND }: Options) => {
      const sandbox = await openSandbox({ port, spend })
      try {
        console.log(await replaySample(sandbox, progressBar()))
        if (!once) await keepOpen(sandbox)
      } finally {
        await sandbox.close()
      }
    })
}
