import type { Command } from 'commander'
import { load } from '../lazy'
import { CONSOLE_PORT, SPEND } from '../options'
import type { StartOptions } from '../run/start'

export const addStart = (program: Command): void => {
  program
    .command('start')
    .description('replay the bundled sample archive into a sandbox, show the numbers, and open a page in the browser')
    .option('--once', 'stop after the numbers, without the page')
    .option(...CONSOLE_PORT)
    .option(...SPEND)
    .action((options: StartOptions) => load.start().runStart(options))
}
