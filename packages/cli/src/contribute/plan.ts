import { sortBy } from 'lodash'
import { CliError } from '../errors'
import { pluralize } from '../text'
import { type Checkout, DESTINATIONS, REGISTRY, splitPaths, TARGET } from './checkout'
import { fingerprint, type Manifest } from './manifest'
import { withRegistration } from './registry'
import type { Files } from './source'

/** One file to change: its path from the root of the checkout, and its content before and after, if it exists then. */
export interface Change {
  path: string
  before?: Buffer
  after?: Buffer
}

/**
 * Plans what has to change in a checkout so that it has the destination.
 *
 * @param source the destination's files.
 * @param metadataId the ID that Segment assigned. Without one the registry is left alone: Segment registers a destination
 *   when it creates it, and wants no placeholder.
 * @returns the changes by path; none if the checkout is up to date.
 * @throws CliError as `withRegistration` does.
 */
export function plan(checkout: Checkout, source: Files, metadataId?: string): Change[] {
  const contents = new Map<string, Buffer | undefined>([
    ...checkout.targetFiles().map((path) => [path, undefined] as const),
    ...[...source].map(([path, content]) => [`${TARGET}/${path}`, content] as const),
    ...(metadataId === undefined ? [] : [[REGISTRY, registered(checkout.read(REGISTRY), metadataId)] as const])
  ])
  const changes = [...contents]
    .map(([path, after]) => ({ path, before: checkout.read(path), after }))
    .filter(({ before, after }) => fingerprint(before) !== fingerprint(after))
  return sortBy(changes, 'path')
}

const registered = (registry: Buffer | string = '', metadataId: string) =>
  Buffer.from(withRegistration(registry.toString(), metadataId))

/**
 * Makes sure that no uncommitted change of someone else gets lost or mixed up with ours.
 *
 * A file that git calls changed is ours if it has the content that an earlier run wrote, or that this run would write.
 *
 * @throws CliError that names the files with other changes.
 */
export function assertNoForeignChanges(
  checkout: Checkout,
  source: Files,
  manifest: Manifest,
  metadataId?: string
): void {
  const paths = metadataId === undefined ? [TARGET] : [TARGET, REGISTRY]
  const foreign = changedPaths(checkout, paths).filter((path) => {
    const current = fingerprint(checkout.read(path))
    return current !== manifest[path] && current !== fingerprint(expectedContent(checkout, source, path, metadataId))
  })
  if (foreign.length === 0) return
  const names = foreign.slice(0, 3).join(', ') + (foreign.length > 3 ? ` and ${foreign.length - 3} more` : '')
  throw new CliError(
    `There are uncommitted changes in ${pluralize(foreign.length, 'file')}: ${names}. Commit or discard them first.`
  )
}

/** The content that a file would have if the destination were contributed to the last commit. */
function expectedContent(checkout: Checkout, source: Files, path: string, metadataId?: string): Buffer | undefined {
  if (path !== REGISTRY || metadataId === undefined) return source.get(path.slice(TARGET.length + 1))
  const committed = checkout.git.output('show', `HEAD:${REGISTRY}`)
  // Before the first commit, there is nothing to compare the registry with.
  if (committed === undefined) return checkout.read(REGISTRY)
  return registered(committed, metadataId)
}

function changedPaths({ git }: Checkout, paths: string[]): string[] {
  const status = git.output('status', '--porcelain', '-z', '--no-renames', '--untracked-files=all', '--', ...paths)
  if (status === undefined) throw new CliError(`git cannot list the changes in ${DESTINATIONS}.`)
  return splitPaths(status).map((entry) => entry.slice(3))
}
