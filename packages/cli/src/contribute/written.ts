import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import type { Checkout } from './checkout'

/** What earlier runs wrote: the hash of each file, by its path from the root of the checkout; `absent` what they removed. */
export type Written = { [path: string]: string }

const NAME = 'tractionboard-contribution.json'

/**
 * Reads what earlier runs wrote.
 *
 * It stands in git's own folder, which is no part of what is contributed, and each worktree has its own. Without it, a
 * second run before the first commit could not tell its own files from somebody's changes.
 */
export function readWritten(checkout: Checkout): Written {
  const file = fileOf(checkout)
  if (!existsSync(file)) return {}
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Written
  } catch {
    return {}
  }
}

/** Adds to what earlier runs wrote. */
export const writeWritten = (checkout: Checkout, written: Written): void =>
  writeFileSync(fileOf(checkout), `${JSON.stringify({ ...readWritten(checkout), ...written }, null, 2)}\n`)

/** What the record says of a file with this text, or of one that is not there. */
export const fingerprint = (text: Buffer | undefined): string =>
  text === undefined ? 'absent' : createHash('sha256').update(text).digest('hex')

const fileOf = ({ root, git }: Checkout) => resolve(root, (git.ask('rev-parse', '--git-path', NAME) ?? '').trim())
