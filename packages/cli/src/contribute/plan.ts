import { CliError } from '../errors'
import { DESTINATIONS, listOf, REGISTRY, TARGET } from './checkout'
import type { Checkout } from './checkout'
import { fingerprint } from './written'
import type { Written } from './written'
import { withRegistration } from './registry'
import type { Files } from './source'

/** One file of the checkout that has to change: its path from the root, what it says, and what it shall say. */
export interface Change {
  path: string
  before?: Buffer
  after?: Buffer
}

/**
 * What has to change in a checkout, so that it has the destination.
 *
 * @param source the destination's files.
 * @param metadataId the ID that Segment assigned, if it has.
 * @returns the changes in the order of their paths; none if the checkout has it all.
 * @throws CliError as `withRegistration` does.
 */
export function plan(checkout: Checkout, source: Files, metadataId?: string): Change[] {
  const wanted = new Map([...source].map(([path, text]) => [`${TARGET}/${path}`, text]))
  const registry = checkout.read(REGISTRY) ?? Buffer.alloc(0)
  const afterOf = new Map<string, Buffer | undefined>([
    ...checkout.targetFiles().map((path) => [path, undefined] as const),
    ...wanted,
    [REGISTRY, Buffer.from(withRegistration(registry.toString(), metadataId))]
  ])
  return [...afterOf]
    .map(([path, after]) => ({ path, before: checkout.read(path), after }))
    .filter(({ before, after }) => fingerprint(before) !== fingerprint(after))
    .sort((one, other) => (one.path < other.path ? -1 : 1))
}

/**
 * Makes sure that no change of somebody else's would get lost or mixed up with ours.
 *
 * Of what git calls changed, a file is our own if it says what an earlier run wrote, or what this run would write.
 *
 * @throws CliError that names the files with changes that are in no commit and not our own.
 */
export function refuseForeignChanges(checkout: Checkout, source: Files, written: Written, metadataId?: string): void {
  const foreign = changedPaths(checkout).filter((path) => {
    const now = fingerprint(checkout.read(path))
    return now !== written[path] && now !== fingerprint(contributed(checkout, source, path, metadataId))
  })
  if (foreign.length === 0) return
  const names = foreign.slice(0, 3).join(', ') + (foreign.length > 3 ? ` and ${foreign.length - 3} more` : '')
  throw new CliError(
    `${names} ${foreign.length > 1 ? 'have' : 'has'} changes that are in no commit. Commit them or take them back first.`
  )
}

/** What a file would say if the destination were contributed to the last commit. */
function contributed(checkout: Checkout, source: Files, path: string, metadataId?: string): Buffer | undefined {
  if (path !== REGISTRY) return source.get(path.slice(TARGET.length + 1))
  const committed = checkout.git.ask('show', `HEAD:${REGISTRY}`)
  // Nothing is committed yet: then there is nothing that the registry differs from.
  if (committed === undefined) return checkout.read(REGISTRY)
  return Buffer.from(withRegistration(committed, metadataId))
}

function changedPaths({ git }: Checkout): string[] {
  const status = git.ask('status', '--porcelain', '-z', '--no-renames', '--untracked-files=all', '--', TARGET, REGISTRY)
  if (status === undefined) throw new CliError(`git cannot tell what is changed in ${DESTINATIONS}.`)
  return listOf(status).map((entry) => entry.slice(3))
}
