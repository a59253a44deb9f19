import type { Command } from 'commander'
import destination from '@tractionboard/destination'
import { contribute } from '../contribute'
import type { Contribution, ContributeOptions } from '../contribute'
import { TARGET } from '../contribute/checkout'
import { FOLDER } from '../contribute/registry'

export const addContribute = (program: Command): void => {
  program
    .command('contribute')
    .description('put the destination into a checkout of segmentio/action-destinations, ready for a pull request')
    .argument('<folder>', 'the root of the checkout')
    .option('--metadata-id <ID>', 'what Segment assigned; without it, the line in the registry stays a comment')
    .option('--pull-request <file>', 'where the description of the pull request goes (default: beside the checkout)')
    .option('--dry-run', 'tell what would change, and write nothing')
    .addHelpText(
      'after',
      '\nRun it as often as you like: it brings its own files up to date, and refuses to write where there are changes of\nsomebody else that are in no commit.'
    )
    .action((folder: string, options: ContributeOptions) => {
      console.log(described(contribute(destination, folder, options), options.dryRun ?? false))
    })
}

const described = (contribution: Contribution, isDryRun: boolean): string =>
  [
    contribution.summary ?? `Nothing to do: ${contribution.root} has the destination as it is.`,
    ...(isDryRun ? ['This was a dry run: nothing was written.'] : [pullRequestLine(contribution), next(contribution)])
  ].join('\n\n')

function pullRequestLine({ pullRequest: { file, state } }: Contribution): string {
  const kept = 'You changed it, so it stays as it is. Delete it to have it made anew.'
  return `The description of the pull request: ${file}${state === 'kept' ? `\n${kept}` : ''}`
}

function next({ root, isRegistered }: Contribution): string {
  const commands = [
    `cd ${root}`,
    'yarn install && yarn build',
    `yarn cloud test --testPathPattern=src/destinations/${FOLDER}`,
    'yarn cloud typecheck',
    `yarn eslint --ext .ts ${TARGET}`,
    `./bin/run generate:types --path ${TARGET}/index.ts`,
    `./bin/run generate:metadata-payload --path ${TARGET}`,
    `./bin/run serve --destination=${FOLDER}`
  ]
  const id =
    'Segment assigns the metadata ID when it creates the destination. Until then, the line in the registry is a comment, and `yarn validate` does not see the destination. With the ID, run this again with --metadata-id.'
  return [
    "Next, check it with upstream's own tools. They should change no file:",
    ...commands.map((command) => `  ${command}`),
    ...(isRegistered ? ['  yarn validate'] : []),
    'Then commit it on a branch of its own, and open the pull request with the description as its text.',
    ...(isRegistered ? [] : ['', id])
  ].join('\n')
}
