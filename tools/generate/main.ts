/**
 * Writes every file that follows from the contract or from the definition. With `--check`, it writes nothing and lists the
 * files that are out of date.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { CliError } from '../../packages/cli/src/errors'

type Status = 'up to date' | 'out of date' | 'written'

async function main(): Promise<void> {
  const check = process.argv.includes('--check')
  const files = await loadFiles()
  const statuses: Status[] = []
  for (const [file, generate] of Object.entries(files)) {
    try {
      const status = await update(file, generate, check)
      statuses.push(status)
      if (status !== 'up to date') console.log(`${status}: ${file}`)
    } catch (error) {
      fail(`not generated: ${file}\n  ${describeError(error)}`)
    }
  }
  if (statuses.includes('out of date')) fail('Run `npm run generate` and commit what it writes.')
  if (process.exitCode === undefined && !statuses.includes('written')) {
    console.log(`${statuses.length} generated files are up to date.`)
  }
}

/** Loads the files here, and not by an import at the top, so that an incomplete destination is reported without a stack. */
async function loadFiles(): Promise<Record<string, () => string | Promise<string>>> {
  try {
    const { generatedFiles } = await import('./generated-files.js')
    return generatedFiles()
  } catch (error) {
    fail(`Nothing was generated, because the destination is incomplete.\n  ${describeError(error)}`)
    return {}
  }
}

async function update(file: string, generate: () => string | Promise<string>, check: boolean): Promise<Status> {
  const path = resolve(__dirname, '../..', file)
  if (!existsSync(dirname(path))) {
    throw new CliError(`There is no folder ${dirname(file)}. Create it, or correct the name of the action.`)
  }
  const content = await generate()
  if (existsSync(path) && readFileSync(path, 'utf8') === content) return 'up to date'
  if (check) return 'out of date'
  writeFileSync(path, content)
  return 'written'
}

/** What went wrong in one line; for an unexpected error, with the file of the project where it happened. */
function describeError(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  const [message] = error.message.split('\n')
  if (error instanceof CliError) return message
  const location = /[/\s(]((?:packages|tools)\/[^\s:)]+\.ts(?::\d+)?)/.exec(error.stack ?? '')?.[1]
  return location ? `${message} (${location}). Correct that file, or what it uses.` : message
}

function fail(message: string): void {
  console.error(message)
  process.exitCode = 1
}

void main()
