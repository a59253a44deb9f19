import type { Command } from 'commander'
import type { SandboxOptions } from '@tractionboard/sandbox'
import { load } from '../lazy'
import { PORT, SPEND } from '../options'

export const addSandbox = (program: Command): void => {
  program
    .command('sandbox')
    .description('run a stand-in Tractionboard on this machine')
    .option(...PORT)
    .option('--token <Token ID>', 'the Token ID to accept (default: one that is printed at the start)')
    .option(...SPEND)
    .action((options: SandboxOptions) => load.sandbox().runSandbox(options))
}
