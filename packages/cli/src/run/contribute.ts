import destination from '@tractionboard/destination'
import { contribute, type ContributeOptions, type Contribution } from '../contribute'
import { TARGET } from '../contribute/checkout'
import { FOLDER } from '../contribute/registry'
import { assertUpToDate, type Files, sourceFiles } from '../contribute/source'
import { nodeRange, verify } from '../contribute/verify'
import type { GateResult } from '../contribute/verify/gates'
import { recordVerification } from '../contribute/verify/record'
import { CliError } from '../errors'
import { describeExplanations, describeGate, gatesHeading } from '../report/gates'
import { wrapText } from '../report/layout'
import { print } from '../terminal'
import { pluralize } from '../text'

export interface ContributeCommandOptions extends ContributeOptions {
  /** Whether to run upstream's own gates afterwards. */
  verify?: boolean
}

/**
 * Contributes the destination, and prints what changed and what to do next. With `verify`, it runs upstream's gates, and
 * prints a table of them.
 *
 * @throws CliError as `contribute` does; if the source is out of date; or if a gate failed or none could run.
 */
export async function runContribute(
  folder: string,
  { verify: isVerifying, ...options }: ContributeCommandOptions
): Promise<void> {
  if (isVerifying && options.dryRun) {
    throw new CliError('--verify checks what was written, and --dry-run writes nothing. Leave out one of them.')
  }
  const source = sourceFiles()
  await assertUpToDate(destination, source)
  const contribution = contribute(destination, folder, options, source)
  print(contribution.summary ?? [`Nothing to do: ${contribution.checkout.root} is up to date.`])
  if (options.dryRun) return print(['', 'This was a dry run: nothing was written.'])
  if (!isVerifying) {
    return print(['', ...describePullRequest(contribution), '', ...describeNextSteps(contribution)])
  }
  print('')
  await runGates(contribution, source, () => {
    print(['', ...describePullRequest(contribute(destination, folder, options, source))])
  })
}

/**
 * Runs upstream's gates, records what they prove, and prints a table of them.
 *
 * @param onRecorded called when the description can be written again.
 * @throws CliError if a gate failed or none could run.
 */
async function runGates({ checkout }: Contribution, source: Files, onRecorded: () => void): Promise<void> {
  const controller = new AbortController()
  const interrupt = () => controller.abort()
  process.once('SIGINT', interrupt).once('SIGTERM', interrupt)
  try {
    print(gatesHeading())
    const onResult = (result: GateResult) => print(describeGate(result))
    const results = await verify(checkout, destination, source, { onResult, signal: controller.signal })
    recordVerification(checkout, source, results)
    print(['', ...describeExplanations(results)])
    onRecorded()
    const failed = results.filter(({ status }) => status === 'failed')
    if (failed.length > 0) throw new CliError(`\n${pluralize(failed.length, 'gate')} of ${results.length} failed.`)
    if (results.every(({ status }) => status === 'not run')) throw new CliError('\nNo gate could run.')
  } finally {
    process.removeListener('SIGINT', interrupt).removeListener('SIGTERM', interrupt)
  }
}

function describePullRequest({ pullRequest: { title, file, state } }: Contribution): string[] {
  const kept = 'You changed this file, so it was not overwritten. Delete it to get a new one.'
  return [`Pull request title: ${title}`, `Pull request description: ${file}`, ...(state === 'kept' ? [kept] : [])]
}

function describeNextSteps({ checkout, isRegistered }: Contribution): string[] {
  const range = nodeRange(checkout)
  const commands = [
    `cd ${checkout.root}`,
    'yarn install && yarn build',
    `tractionboard contribute ${checkout.root} --verify`
  ]
  const byHand = [
    `./bin/run generate:types -p ${TARGET}/index.ts`,
    `yarn cloud test --testPathPattern=src/destinations/${FOLDER}`,
    `./bin/run serve --destination=${FOLDER} --noUI`
  ]
  return [
    "Next, run upstream's own checks.",
    ...(range === undefined ? [] : [`They need Node ${range}.`]),
    '',
    ...commands.map((command) => `  ${command}`),
    '',
    'Some of them by hand:',
    '',
    ...byHand.map((command) => `  ${command}`),
    '',
    ...wrapText('Then commit on a new branch, and open a pull request with that title and description.'),
    ...(isRegistered ? [] : ['', ...NOT_REGISTERED])
  ]
}

const NOT_REGISTERED = wrapText(
  'The list of destinations, destinations/index.ts, was left alone: Segment assigns the metadata ID and registers the destination. If you have the ID, run this command again with --metadata-id.'
)
