import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { CliError } from '../errors'

/** The content of each file of a folder, by its path in the folder with `/` between the names. */
export type Files = Map<string, Buffer>

/** What editors, compilers and test runs leave behind. */
const LEFTOVERS = /^\.|^(dist|coverage|node_modules|reports)$|~$|\.(log|tmp|orig|rej|swp|tsbuildinfo)$/

/**
 * The folder of the destination's source.
 *
 * It is found through the package, so that the built command and the command run from source find the same one.
 *
 * @throws CliError if the package is installed without its source.
 */
function sourceFolder(): string {
  const folder = join(dirname(require.resolve('@tractionboard/destination/package.json')), 'src')
  if (existsSync(join(folder, 'index.ts'))) return folder
  throw new CliError('The source of the destination is missing. Run this in a checkout of the project.')
}

/** All files of the destination that are contributed, including tests and recordings. */
export function sourceFiles(folder = sourceFolder(), inside = ''): Files {
  const entries = readdirSync(join(folder, inside), { withFileTypes: true }).filter(({ name }) => !LEFTOVERS.test(name))
  return new Map(
    entries.flatMap((entry): [string, Buffer][] => {
      const path = inside + entry.name
      return entry.isDirectory() ? [...sourceFiles(folder, `${path}/`)] : [[path, readFileSync(join(folder, path))]]
    })
  )
}
