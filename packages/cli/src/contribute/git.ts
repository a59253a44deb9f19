import { spawnSync } from 'node:child_process'
import { resolve } from 'node:path'

/** git in one repository. Nothing here uses the network. */
export interface Git {
  /** Runs a git command, and returns what it prints, or nothing if it fails. */
  output(...args: string[]): string | undefined
}

/** git in the repository of this folder. */
export const gitIn = (folder: string): Git => ({
  output(...args) {
    const { status, stdout } = run(folder, args)
    return status === 0 ? stdout : undefined
  }
})

/** The number of lines that git counts as added and removed between a file and its new content. */
export function countChangedLines(file: string, content: Buffer): { added: number; removed: number } {
  const { stdout } = run(resolve(file, '..'), ['diff', '--no-index', '--numstat', '--', file, '-'], content)
  const [added, removed] = (stdout ?? '').split('\t').map((count) => parseInt(count, 10) || 0)
  return { added, removed }
}

const run = (cwd: string, args: string[], input?: Buffer) =>
  spawnSync('git', args, { cwd, input, env: ENVIRONMENT, encoding: 'utf8', maxBuffer: 2 ** 26 })

/** Without the variables of a git hook, which point to the hook's own repository. */
const ENVIRONMENT = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('GIT_')))
