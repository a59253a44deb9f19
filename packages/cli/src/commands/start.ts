import { readdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { Command } from 'commander'
import destination from '@tractionboard/destination'
import type { Spend } from '@tractionboard/sandbox'
import { parsePort } from '../port'
import { replay } from '../replay'
import { describeDashboard } from '../report/dashboard'
import { progressBar } from '../report/progress'
import { describeTally } from '../report/tally'
import { retarget } from '../retarget'
import { parseSpend } from '../spend'
import { keepOpen, openSandbox } from './sandbox'

const SAMPLE = resolve(__dirname, '..', '..', 'sample')

/** What the company of the sample spent on getting its customers, unless another spend is given. */
export const SAMPLE_SPEND: Spend = { USD: 12000 }

/** The files of the bundled sample archive, in order. */
export const sampleFiles = (): string[] =>
  readdirSync(SAMPLE)
    .filter((file) => file.endsWith('.json.gz'))
    .sort()
    .map((file) => join(SAMPLE, file))

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
    .option(
      '--spend <CODE=amount>',
      'what was spent on getting customers, such as USD=12000; once a currency',
      parseSpend
    )
    .action(async ({ once, port, spend = SAMPLE_SPEND }: Options) => {
      const sandbox = await openSandbox({ port, spend })
      try {
        const files = sampleFiles()
        const tally = await replay(retarget(destination, sandbox.origin), sandbox.token, files, progressBar())
        console.log(describeTally(tally))
        console.log(describeDashboard(sandbox.dashboard()))
        if (!once) await keepOpen(sandbox)
      } finally {
        await sandbox.close()
      }
    })
}
