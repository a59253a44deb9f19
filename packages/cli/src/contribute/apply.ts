import { mkdirSync, readdirSync, rmdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Checkout } from './checkout'
import type { Change } from './plan'

/** Makes one change in a checkout. */
export function apply({ root }: Checkout, { path, after }: Change): void {
  const file = join(root, path)
  if (after !== undefined) {
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, after)
    return
  }
  rmSync(file)
  // git does not track folders, so empty ones would stay behind.
  for (let folder = dirname(file); readdirSync(folder).length === 0; folder = dirname(folder)) rmdirSync(folder)
}
