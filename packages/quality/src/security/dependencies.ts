import { spawnSync } from 'node:child_process'
import { resolve } from 'node:path'
import { sortBy } from 'lodash'

const ROOT = resolve(__dirname, '../../../..')

/** A runtime dependency of the project. */
export interface Dependency {
  name: string
  version: string
  /** As its package.json states it, or `none`. */
  license: string
  /** Whether the destination itself needs it. */
  isOfDestination: boolean
}

/** Licenses that permit all that this project's own license permits. */
const PERMISSIVE = new Set(
  'MIT MIT-0 ISC BSD-2-Clause BSD-3-Clause 0BSD Apache-2.0 BlueOak-1.0.0 CC0-1.0 CC-BY-4.0 Python-2.0 Unlicense Zlib'.split(
    ' '
  )
)

/** Whether a license is permissive; of alternatives, whether one of them is. */
export function isPermissive(license: string): boolean {
  const alternatives = license.replace(/[()]/g, '').split(/ OR /i)
  return alternatives.some((alternative) => alternative.split(/ AND /i).every((each) => PERMISSIVE.has(each.trim())))
}

/** A package as `npm query` prints it. */
interface QueriedPackage {
  name: string
  version: string
  license?: string
  location: string
}

/**
 * All runtime dependencies of the workspaces, sorted by name and version.
 *
 * @throws Error if they cannot be read.
 */
export function dependencies(): Dependency[] {
  const direct = '[name="@tractionboard/destination"] > *:not(.dev)'
  const ofDestination = new Set(query(`${direct}, ${direct} *`).map(({ location }) => location))
  const all = query('.workspace .prod:not(.workspace)').map(({ name, version, license = 'none', location }) => ({
    name,
    version,
    license,
    isOfDestination: ofDestination.has(location)
  }))
  return sortBy(all, ['name', 'version'])
}

/** The installed packages that a selector of npm matches. See https://docs.npmjs.com/cli/using-npm/dependency-selectors. */
function query(selector: string): QueriedPackage[] {
  const { stdout, stderr, status } = npm('query', selector)
  if (status !== 0) throw new Error(`npm cannot list the dependencies. Run npm ci, then try again. ${stderr}`)
  return JSON.parse(stdout) as QueriedPackage[]
}

/** Runs npm in the root folder of the project. */
export const npm = (...args: string[]) => spawnSync('npm', args, { cwd: ROOT, encoding: 'utf8', maxBuffer: 2 ** 26 })
