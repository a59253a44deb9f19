import type { Command } from 'commander'
import { load } from '../lazy'
import type { ContributeCommandOptions } from '../run/contribute'

export const addContribute = (program: Command): void => {
  program
    .command('contribute')
    .description('put the destination into a checkout of segmentio/action-destinations, ready for a pull request')
    .argument('<folder>', 'the root of the checkout')
    .option('--metadata-id <ID>', 'the ID that Segment assigned; without it, the destination is not registered')
    .option('--pull-request <file>', 'where to write the pull request description (default: beside the checkout)')
    .option('--dry-run', 'show what would change, and write nothing')
    .option('--verify', "then run upstream's own checks on it, and tick what they prove in the description")
    .addHelpText(
      'after',
      `
You can run it again at any time. It updates the files that it wrote itself. It
writes nothing if a file to be written has uncommitted changes of someone else.

--verify needs a checkout in which \`yarn install\` and \`yarn build\` were run, and
a version of Node that upstream takes. It takes some minutes, and changes
nothing else in the checkout. It ends with 1 if a check fails, or none can run.`
    )
    .action((folder: string, options: ContributeCommandOptions) => load.contribute().runContribute(folder, options))
}
