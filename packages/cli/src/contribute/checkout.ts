import { existsSync, readFileSync, realpathSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { CliError } from '../errors'
import { type Git, gitIn } from './git'
import { FOLDER } from './registry'

/** The folder of upstream's destinations, the registry in it, and the folder of this destination. */
export const DESTINATIONS = 'packages/destination-actions/src/destinations'
export const REGISTRY = `${DESTINATIONS}/index.ts`
export const TARGET = `${DESTINATIONS}/${FOLDER}`

/** A checkout of segmentio/action-destinations. Paths are from its root. */
export interface Checkout {
  root: string
  git: Git
  /** The content of a file, or nothing if it does not exist. */
  read(path: string): Buffer | undefined
  /** The files in the destination's folder that git tracks or would track. */
  targetFiles(): string[]
}

/**
 * Opens a checkout of segmentio/action-destinations.
 *
 * @param folder its root, which may be a git worktree.
 * @throws CliError if it is not the root of such a checkout.
 */
export function openCheckout(folder: string): Checkout {
  const root = resolve(folder)
  const git = gitIn(root)
  const isUpstream =
    packageName(join(root, 'package.json')) === 'action-destinations' && existsSync(join(root, REGISTRY))
  if (!isUpstream) {
    throw new CliError(
      `${root} is not a checkout of segmentio/action-destinations. Clone a fork of it, and name that folder.`
    )
  }
  const top = git.output('rev-parse', '--show-toplevel')?.trim()
  if (top === undefined || realpathSync(top) !== realpathSync(root)) {
    throw new CliError(
      `${root} is not under git, so changes could not be undone. Clone a fork with git, and name that folder.`
    )
  }
  const read = (path: string) => (existsSync(join(root, path)) ? readFileSync(join(root, path)) : undefined)
  return {
    root,
    git,
    read,
    targetFiles: () =>
      splitPaths(git.output('ls-files', '-z', '--cached', '--others', '--exclude-standard', '--', TARGET)).filter(read)
  }
}

/** The path of a file in git's own folder: no part of the contribution, and separate for each worktree. */
export const gitFile = ({ root, git }: Checkout, name: string): string =>
  resolve(root, (git.output('rev-parse', '--git-path', name) ?? '').trim())

/** The entries of what git prints with `-z`. */
export const splitPaths = (output = ''): string[] => output.split('\0').filter(Boolean)

function packageName(file: string): string | undefined {
  try {
    return (JSON.parse(readFileSync(file, 'utf8')) as { name?: string }).name
  } catch {
    return undefined
  }
}
