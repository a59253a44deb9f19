import { existsSync, mkdirSync, readdirSync, readFileSync, rmdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import type { DestinationDefinition } from '@segment/actions-core'
import { CliError } from '../errors'
import { errorMessage } from '@tractionboard/local-segment'
import { openCheckout, REGISTRY } from './checkout'
import type { Checkout } from './checkout'
import { plan, refuseForeignChanges } from './plan'
import type { Change } from './plan'
import { pullRequestDescription } from './pull-request'
import { registeredId } from './registry'
import { sourceFiles } from './source'
import type { Files } from './source'
import { summary } from './summary'
import { fingerprint, readWritten, writeWritten } from './written'
import type { Written } from './written'

/** How the destination is contributed. */
export interface ContributeOptions {
  /** The metadata ID, if Segment has assigned it. */
  metadataId?: string
  /** Where the description of the pull request goes; beside the checkout if nothing is said. */
  pullRequest?: string
  /** Whether nothing is to be written. */
  dryRun?: boolean
}

/** What was contributed, or would be. */
export interface Contribution {
  root: string
  changes: Change[]
  /** The changes as a person reads them; nothing if there are none. */
  summary?: string
  /** Whether the registry has a metadata ID for the destination. */
  isRegistered: boolean
  /** The description of the pull request. It is `kept` if somebody changed it since it was written. */
  pullRequest: { file: string; state: 'written' | 'unchanged' | 'kept' }
}

/**
 * Puts the destination into a checkout of segmentio/action-destinations, and the description of the pull request beside it.
 *
 * @param folder the root of the checkout.
 * @param source the destination's files.
 * @throws CliError if the folder is no such checkout, if it has changes of somebody else's where it would be written, or if
 *   it cannot be written. Nothing is written then, unless writing itself fails.
 */
export function contribute(
  definition: DestinationDefinition<never>,
  folder: string,
  { metadataId, pullRequest, dryRun = false }: ContributeOptions = {},
  source: Files = sourceFiles()
): Contribution {
  const checkout = openCheckout(folder)
  const description = resolve(pullRequest ?? `${checkout.root}.pull-request.md`)
  refuseInside(checkout, description)
  const changes = plan(checkout, source, metadataId)
  const written = readWritten(checkout)
  refuseForeignChanges(checkout, source, written, metadataId)

  const id = registeredId(registryAfter(checkout, changes))
  const template = checkout.read('.github/PULL_REQUEST_TEMPLATE.md')?.toString()
  const text = Buffer.from(pullRequestDescription({ definition, source, metadataId: id }, template))
  const key = relative(checkout.root, description)
  const state = stateOf(description, text, written[key])
  const result: Contribution = {
    root: checkout.root,
    changes,
    summary: changes.length > 0 ? summary(checkout.root, changes) : undefined,
    isRegistered: id !== undefined,
    pullRequest: { file: description, state }
  }
  if (dryRun) return result

  try {
    changes.forEach((change) => apply(checkout, change))
    if (state === 'written') writeFileSync(description, text)
  } catch (error) {
    throw new CliError(`Not everything could be written: ${errorMessage(error)}.`)
  }
  remember(checkout, [...changes, ...(state === 'written' ? [{ path: key, after: text }] : [])])
  return result
}

/** The description is for whoever opens the pull request, and no part of it. */
function refuseInside({ root }: Checkout, file: string): void {
  if (relative(root, file).startsWith('..')) return
  throw new CliError(
    `${file} is inside the checkout, and would become part of the pull request. Name a file elsewhere.`
  )
}

function remember(checkout: Checkout, changes: Change[]): void {
  const written: Written = Object.fromEntries(changes.map(({ path, after }) => [path, fingerprint(after)]))
  if (changes.length > 0) writeWritten(checkout, written)
}

const registryAfter = (checkout: Checkout, changes: Change[]): string =>
  (changes.find(({ path }) => path === REGISTRY)?.after ?? checkout.read(REGISTRY) ?? '').toString()

function stateOf(file: string, text: Buffer, earlier: string | undefined): Contribution['pullRequest']['state'] {
  const now = fingerprint(existsSync(file) ? readFileSync(file) : undefined)
  if (now === fingerprint(text)) return 'unchanged'
  return now === fingerprint(undefined) || now === earlier ? 'written' : 'kept'
}

function apply({ root }: Checkout, { path, after }: Change): void {
  const file = join(root, path)
  if (after !== undefined) {
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, after)
    return
  }
  rmSync(file)
  // git knows no empty folders, and neither shall whoever looks at the checkout.
  for (let folder = dirname(file); readdirSync(folder).length === 0; folder = dirname(folder)) rmdirSync(folder)
}
