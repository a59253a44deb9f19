import { existsSync, readFileSync, realpathSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { CliError } from '../errors'
import { gitIn } from './git'
import type { Git } from './git'
import { FOLDER } from './registry'

/** Where upstream has its destinations, and their registry. */
export const DESTINATIONS = 'packages/destination-actions/src/destinations'
export const REGISTRY = `${DESTINATIONS}/index.ts`
export const TARGET = `${DESTINATIONS}/${FOLDER}`

/** A checkout of segmentio/action-destinations. */
export interface Checkout {
  root: string
  git: Git
  /** What a file of the checkout says, by its path from the root; nothing if it is not there. */
  read(path: string): Buffer | undefined
  /** The files under the destination's folder that git tracks or would track. */
  targetFiles(): string[]
}

/**
 * Opens a checkout of segmentio/action-destinations.
 *
 * @param folder its root; a git worktree will do.
 * @throws CliError if it is no such checkout.
 */
export function openCheckout(folder: string): Checkout {
  const root = resolve(folder)
  const git = gitIn(root)
  const isUpstream = nameIn(join(root, 'package.json')) === 'action-destinations' && existsSync(join(root, REGISTRY))
  if (!isUpstream) {
    throw new CliError(
      `${root} is no checkout of segmentio/action-destinations. Clone a fork of it and name that folder.`
    )
  }
  const top = git.ask('rev-parse', '--show-toplevel')?.trim()
  if (top === undefined || realpathSync(top) !== realpathSync(root)) {
    throw new CliError(
      `${root} is not under git, so nothing could be taken back. Clone a fork with git and name that folder.`
    )
  }
  const read = (path: string) => (existsSync(join(root, path)) ? readFileSync(join(root, path)) : undefined)
  return {
    root,
    git,
    read,
    targetFiles: () =>
      listOf(git.ask('ls-files', '-z', '--cached', '--others', '--exclude-standard', '--', TARGET)).filter(read)
  }
}

/** The paths in a list that git prints with `-z`. */
export const listOf = (output = ''): string[] => output.split('\0').filter(Boolean)

function nameIn(file: string): string | undefined {
  try {
    return (JSON.parse(readFileSync(file, 'utf8')) as { name?: string }).name
  } catch {
    return undefined
  }
}
