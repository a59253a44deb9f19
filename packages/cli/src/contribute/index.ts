import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { relative, resolve } from 'node:path'
import type { DestinationDefinition } from '@segment/actions-core'
import { errorMessage } from '@tractionboard/local-segment'
import { CliError } from '../errors'
import { apply } from './apply'
import { type Checkout, openCheckout, REGISTRY } from './checkout'
import { fingerprint, type Manifest, readManifest, updateManifest } from './manifest'
import { assertNoForeignChanges, type Change, plan } from './plan'
import { pullRequestDescription, pullRequestTitle } from './pull-request'
import { registeredId } from './registry'
import { type Files, sourceFiles } from './source'
import { summarize } from './summary'
import { readVerification } from './verify/record'

export interface ContributeOptions {
  /** The metadata ID, if Segment has assigned it. */
  metadataId?: string
  /** The file for the pull request description; beside the checkout by default. */
  pullRequest?: string
  /** Whether to plan only, and write nothing. */
  dryRun?: boolean
}

/** What was contributed, or would be. */
export interface Contribution {
  checkout: Checkout
  changes: Change[]
  /** The changes for a person, line by line; nothing if there are none. */
  summary?: string[]
  /** Whether the registry has a metadata ID for the destination. */
  isRegistered: boolean
  /** The title and the description of the pull request. The file is `kept` if someone edited it since it was written. */
  pullRequest: { title: string; file: string; state: 'written' | 'unchanged' | 'kept' }
}

/**
 * Puts the destination into a checkout of segmentio/action-destinations, and a pull request description beside it.
 *
 * @param folder the root of the checkout.
 * @param source the destination's files.
 * @throws CliError if the folder is not such a checkout, if files to be written have uncommitted changes of someone else,
 *   or if writing fails. Unless writing itself fails, nothing is written then.
 * @example
 * const { summary } = contribute(destination, '../action-destinations', { dryRun: true })
 */
export function contribute(
  definition: DestinationDefinition<never>,
  folder: string,
  { metadataId, pullRequest, dryRun = false }: ContributeOptions = {},
  source: Files = sourceFiles()
): Contribution {
  const checkout = openCheckout(folder)
  const file = resolve(pullRequest ?? `${checkout.root}.pull-request.md`)
  assertOutside(checkout, file)
  const changes = plan(checkout, source, metadataId)
  const manifest = readManifest(checkout)
  assertNoForeignChanges(checkout, source, manifest, metadataId)

  const id = registeredId(registryAfter(checkout, changes))
  const template = checkout.read('.github/PULL_REQUEST_TEMPLATE.md')?.toString()
  const verification = readVerification(checkout, source)
  const description = Buffer.from(
    pullRequestDescription({ definition, source, metadataId: id, verification }, template)
  )
  const path = relative(checkout.root, file)
  const state = descriptionState(file, description, manifest[path])
  const result: Contribution = {
    checkout,
    changes,
    summary: changes.length > 0 ? summarize(checkout.root, changes) : undefined,
    isRegistered: id !== undefined,
    pullRequest: { title: pullRequestTitle(definition), file, state }
  }
  if (dryRun) return result

  try {
    changes.forEach((change) => apply(checkout, change))
    if (state === 'written') writeFileSync(file, description)
  } catch (error) {
    throw new CliError(`Not everything could be written: ${errorMessage(error)}.`)
  }
  const written = [...changes, ...(state === 'written' ? [{ path, after: description }] : [])]
  if (written.length > 0) updateManifest(checkout, manifestOf(written))
  return result
}

function assertOutside({ root }: Checkout, file: string): void {
  if (relative(root, file).startsWith('..')) return
  throw new CliError(
    `${file} is inside the checkout, and would become part of the pull request. Name a file outside of it.`
  )
}

const manifestOf = (changes: Change[]): Manifest =>
  Object.fromEntries(changes.map(({ path, after }) => [path, fingerprint(after)]))

const registryAfter = (checkout: Checkout, changes: Change[]): string =>
  (changes.find(({ path }) => path === REGISTRY)?.after ?? checkout.read(REGISTRY) ?? '').toString()

/** @param earlier the fingerprint of the description that an earlier run wrote. */
function descriptionState(
  file: string,
  description: Buffer,
  earlier: string | undefined
): Contribution['pullRequest']['state'] {
  const current = fingerprint(existsSync(file) ? readFileSync(file) : undefined)
  if (current === fingerprint(description)) return 'unchanged'
  return current === fingerprint(undefined) || current === earlier ? 'written' : 'kept'
}
