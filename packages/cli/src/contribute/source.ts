import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { CliError } from '../errors'

/** The text of each file of a folder, by its path in the folder with `/` between the names. */
export type Files = Map<string, Buffer>

/** What editors, compilers and test runs leave behind. */
const LEFTOVERS = /^\.|^(dist|coverage|node_modules|reports)$|~$|\.(log|tmp|orig|rej|swp|tsbuildinfo)$/

/**
 * The folder of the destination's source.
 *
 * Found through the package and not beside this file, so that it is the same for the command as it is built and as it
 * is run from source.
 *
 * @throws CliError if the package is there without its source.
 */
function sourceFolder(): string {
  const folder = join(dirname(require.resolve('@tractionboard/destination/package.json')), 'src')
  if (existsSync(join(folder, 'index.ts'))) return folder
  throw new CliError('The source of the destination is not here. Run this in a checkout of the project.')
}

/** Everything of the destination that is contributed, its tests and their recordings included. */
export function sourceFiles(folder = sourceFolder(), inside = ''): Files {
  const entries = readdirSync(join(folder, inside), { withFileTypes: true }).filter(({ name }) => !LEFTOVERS.test(name))
  return new Map(
    entries.flatMap((entry): [string, Buffer][] => {
      const path = inside + entry.name
      return entry.isDirectory() ? [...sourceFiles(folder, `${path}/`)] : [[path, readFileSync(join(folder, path))]]
    })
  )
}
