import type { Command } from 'commander'
import { load } from '../lazy'
import { PORT, SPEND } from '../options'
import type { StartOptions } from '../run/start'

export const addStart = (program: Command): void => {
  program
    .command('start')
    .description('start the sandbox, replay the bundled sample archive into it, and show the numbers')
    .option('--once', 'stop after that, instead of keeping the sandbox running')
    .option(...PORT)
    .option(...SPEND)
    .action((options: StartOptions) => load.start().runStart(options))
}
