import type { Command } from 'commander'
import type { ContributeOptions } from '../contribute'
import { load } from '../lazy'

export const addContribute = (program: Command): void => {
  program
    .command('contribute')
    .description('put the destination into a checkout of segmentio/action-destinations, ready for a pull request')
    .argument('<folder>', 'the root of the checkout')
    .option('--metadata-id <ID>', 'the ID that Segment assigned; without it, the line in the registry is a comment')
    .option('--pull-request <file>', 'where to write the pull request description (default: beside the checkout)')
    .option('--dry-run', 'show what would change, and write nothing')
    .addHelpText(
      'after',
      `
You can run it again at any time. It updates the files that it wrote itself. It
writes nothing if a file to be written has uncommitted changes of someone else.`
    )
    .action((folder: string, options: ContributeOptions) => load.contribute().runContribute(folder, options))
}
