import destination from '@tractionboard/destination'
import { contribute, type ContributeOptions, type Contribution } from '../contribute'
import { TARGET } from '../contribute/checkout'
import { FOLDER } from '../contribute/registry'
import { wrapText } from '../report/layout'
import { print } from '../terminal'

/** Contributes the destination, and prints what changed and what to do next. Throws what `contribute` throws. */
export function runContribute(folder: string, options: ContributeOptions): void {
  const contribution = contribute(destination, folder, options)
  const changes = contribution.summary ?? [`Nothing to do: ${contribution.root} is up to date.`]
  const rest = options.dryRun
    ? ['This was a dry run: nothing was written.']
    : [...describePullRequest(contribution), '', ...describeNextSteps(contribution)]
  print([...changes, '', ...rest])
}

function describePullRequest({ pullRequest: { file, state } }: Contribution): string[] {
  const kept = 'You changed this file, so it was not overwritten. Delete it to get a new one.'
  return [`Pull request description: ${file}`, ...(state === 'kept' ? [kept] : [])]
}

/**
 * What upstream's `engines.node` allows: `^18.17.0 || ^22.13.0`.
 *
 * @see https://github.com/segmentio/action-destinations/blob/main/package.json
 */
const UPSTREAM_NODE = 'Node 22 (22.13 or later) or Node 18 (18.17 or later)'

function describeNextSteps({ root, isRegistered }: Contribution): string[] {
  const commands = [
    `cd ${root}`,
    'yarn install && yarn build',
    `yarn cloud test --testPathPattern=src/destinations/${FOLDER}`,
    'yarn cloud typecheck',
    `yarn eslint --ext .ts ${TARGET}`,
    `./bin/run generate:types --path ${TARGET}/index.ts`,
    `./bin/run generate:metadata-payload --path ${TARGET}`,
    `./bin/run serve --destination=${FOLDER}`,
    ...(isRegistered ? ['yarn validate'] : [])
  ]
  return [
    "Next, run upstream's own checks. No file should change.",
    `They need ${UPSTREAM_NODE}.`,
    '',
    ...commands.map((command) => `  ${command}`),
    '',
    'Then commit on a new branch, and open a pull request with that description.',
    ...(isRegistered ? [] : ['', ...MISSING_ID])
  ]
}

const MISSING_ID = wrapText(
  'Segment assigns the metadata ID when it creates the destination. Until then, the line in the registry is a comment, and `yarn validate` skips the destination. When you have the ID, run this command again with --metadata-id.'
)
