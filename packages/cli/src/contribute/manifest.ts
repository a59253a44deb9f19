import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { type Checkout, gitFile } from './checkout'

/** The hash of each file that earlier runs wrote, by its path from the root of the checkout; `absent` if they removed it. */
export type Manifest = { [path: string]: string }

const NAME = 'tractionboard-contribution.json'

/**
 * Reads the manifest of a checkout.
 *
 * Without it, a second run before the first commit could not tell its own files from changes of someone else.
 */
export function readManifest(checkout: Checkout): Manifest {
  const file = manifestFile(checkout)
  if (!existsSync(file)) return {}
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Manifest
  } catch {
    return {}
  }
}

/** Adds entries to the manifest of a checkout. */
export const updateManifest = (checkout: Checkout, entries: Manifest): void =>
  writeFileSync(manifestFile(checkout), `${JSON.stringify({ ...readManifest(checkout), ...entries }, null, 2)}\n`)

/** The manifest's entry for a file with this content, or for a file that does not exist. */
export const fingerprint = (content: Buffer | undefined): string =>
  content === undefined ? 'absent' : createHash('sha256').update(content).digest('hex')

const manifestFile = (checkout: Checkout) => gitFile(checkout, NAME)
