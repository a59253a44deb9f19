import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { DestinationDefinition } from '@segment/actions-core'
import { CliError } from '../errors'
import { destinationFiles } from '../generate/destination-files'

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
  const folder = join(packageFolder(), 'src')
  if (existsSync(join(folder, 'index.ts'))) return folder
  throw new CliError('The source of the destination is missing. Run this in a checkout of the project.')
}

const packageFolder = () => dirname(require.resolve('@tractionboard/destination/package.json'))

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

/**
 * Makes sure that the generated files of the source are what the definition and the contract give now.
 *
 * @param definition the destination as it was built.
 * @throws CliError that names the first file that is out of date, and the command that updates it.
 */
export async function assertUpToDate(definition: DestinationDefinition<never>, source: Files): Promise<void> {
  const changed = changedSinceBuild(packageFolder(), [...source.keys()])
  if (changed) throw staleError(changed, 'is newer than the last build')
  for (const [path, generate] of Object.entries(destinationFiles(definition))) {
    if (source.get(path)?.toString() !== (await generate())) throw staleError(path, 'is out of date')
  }
}

const staleError = (path: string, problem: string) =>
  new CliError(
    `In the source of the destination, ${path} ${problem}. Run \`npm run generate && npm run build\`, and then this again.`
  )

/**
 * A file of the source that changed after the last build. A published package has no record of its build, and no changes.
 *
 * @param folder the destination's package.
 * @param paths the files of its source, from there.
 */
export function changedSinceBuild(folder: string, paths: string[]): string | undefined {
  const build = statSync(join(folder, 'dist/.tsbuildinfo'), { throwIfNoEntry: false })
  if (build === undefined) return undefined
  const isBuilt = (path: string) => path.endsWith('.ts') && !path.startsWith('__tests__/')
  return paths.find((path) => isBuilt(path) && statSync(join(folder, 'src', path)).mtimeMs > build.mtimeMs)
}
