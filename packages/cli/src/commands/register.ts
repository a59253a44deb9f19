import type { Command } from 'commander'
import { load } from '../lazy'
import type { RegisterOptions } from '../run/register'

export const addRegister = (program: Command): void => {
  program
    .command('register')
    .description("write everything that Segment's partner portal and catalog ask for")
    .requiredOption('--support-email <address>', "where Segment's support sends questions of customers")
    .option('--pull-request <URL>', 'the pull request on action-destinations, which the catalog e-mail must name')
    .option('--out <folder>', 'where to write it', 'tractionboard-registration')
    .action((options: RegisterOptions) => load.register().runRegister(options))
}
