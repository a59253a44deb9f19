import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join, relative, resolve } from 'node:path'

const ROOT = resolve(__dirname, '../../../..')

/** A package that is there when the project runs. */
export interface Dependency {
  name: string
  version: string
  /** As its package.json says; `none` if it says nothing. */
  license: string
  /** Whether the destination itself needs it. */
  isOfDestination: boolean
}

/** Licences that let anybody do what this project's own licence does. */
const PERMISSIVE = new Set(
  'MIT MIT-0 ISC BSD-2-Clause BSD-3-Clause 0BSD Apache-2.0 BlueOak-1.0.0 CC0-1.0 CC-BY-4.0 Python-2.0 Unlicense Zlib'.split(
    ' '
  )
)

/** Whether a licence, or one of those to choose from, is permissive. */
export function isPermissive(license: string): boolean {
  const choices = license.replace(/[()]/g, '').split(/ OR /i)
  return choices.some((choice) => choice.split(/ AND /i).every((each) => PERMISSIVE.has(each.trim())))
}

interface Manifest {
  name: string
  version: string
  license?: string | { type: string }
  licenses?: { type: string }[]
}

/** Every runtime dependency of the workspaces, as npm lists them, with the licence that it states. */
export function dependencies(): Dependency[] {
  const ofDestination = new Set(listed('--workspace', '@tractionboard/destination'))
  return listed()
    .map((folder) => ({ folder, manifest: manifestOf(folder) }))
    .filter(({ manifest: { name } }) => !name.startsWith('@tractionboard/'))
    .map(({ folder, manifest }) => ({
      name: manifest.name,
      version: manifest.version,
      license: licenseOf(manifest),
      isOfDestination: ofDestination.has(folder)
    }))
    .sort((one, other) => (`${one.name} ${one.version}` < `${other.name} ${other.version}` ? -1 : 1))
}

/** The folders of the packages, without the project's own. */
function listed(...more: string[]): string[] {
  const { stdout } = npm('ls', '--omit=dev', '--all', '--parseable', ...more)
  return stdout.split('\n').filter((folder) => relative(ROOT, folder).includes('node_modules'))
}

/** Those of a workspace are links: what is not there as a folder with a manifest is none. */
function manifestOf(folder: string): Manifest {
  const file = join(folder, 'package.json')
  if (!existsSync(file)) throw new Error(`${relative(ROOT, folder)} is listed, and not installed. Run npm ci.`)
  return JSON.parse(readFileSync(file, 'utf8')) as Manifest
}

function licenseOf({ license, licenses }: Manifest): string {
  if (typeof license === 'string') return license
  return license?.type ?? (licenses?.map(({ type }) => type).join(' OR ') || 'none')
}

/** Runs npm here. */
export const npm = (...args: string[]) => spawnSync('npm', args, { cwd: ROOT, encoding: 'utf8', maxBuffer: 2 ** 26 })
