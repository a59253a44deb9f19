import { spawnSync } from 'node:child_process'
import { resolve } from 'node:path'

/** What git is asked about one repository. Nothing here goes out to the network. */
export interface Git {
  /** What a git command prints, or nothing if it fails. */
  ask(...args: string[]): string | undefined
}

/** Asks git about the repository in a folder. */
export const gitIn = (folder: string): Git => ({
  ask(...args) {
    const { status, stdout } = run(folder, args)
    return status === 0 ? stdout : undefined
  }
})

/** The lines that git counts as added and removed between a file and a new text of it. */
export function countedLines(file: string, text: Buffer): { added: number; removed: number } {
  const { stdout } = run(resolve(file, '..'), ['diff', '--no-index', '--numstat', '--', file, '-'], text)
  const [added, removed] = (stdout ?? '').split('\t').map((count) => parseInt(count, 10) || 0)
  return { added, removed }
}

const run = (cwd: string, args: string[], input?: Buffer) =>
  spawnSync('git', args, { cwd, input, env: ENVIRONMENT, encoding: 'utf8', maxBuffer: 2 ** 26 })

/** Without what a git hook sets: it names the repository of the hook, whichever folder git is asked in. */
const ENVIRONMENT = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('GIT_')))
