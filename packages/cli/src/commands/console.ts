import type { Command } from 'commander'
import { load } from '../lazy'
import { CONSOLE_PORT } from '../options'
import type { RunConsoleOptions } from '../run/console'

export const addConsole = (program: Command): void => {
  program
    .command('console')
    .description('open the page in the browser that shows what becomes of each call, and why')
    .option('--module <definition>', 'a module that exports any Actions definition, whose requests are caught')
    .option(...CONSOLE_PORT)
    .action((options: RunConsoleOptions) => load.console().runConsole(options))
}
