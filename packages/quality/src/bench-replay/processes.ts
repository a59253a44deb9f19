import { type ChildProcess, fork, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { delimiter, join, resolve } from 'node:path'
import { usageOf, type Usage } from './usage'

/** This checkout. */
export const REPOSITORY = resolve(__dirname, '../../../..')

/**
 * Sends an archive through the destination in a process of its own, with HTTP stubbed.
 *
 * @param checkouts the folders of checkouts of this repository, built: each sends the whole archive.
 * @returns the processor time of each, in microseconds.
 */
export async function measureInProcess(checkouts: string[], files: string[]): Promise<number[]> {
  const child = fork(join(__dirname, 'in-process.ts'), [checkouts.join(delimiter), ...files])
  return messageFrom<number[]>(child)
}

/** The next message of a process. Throws Error if the process ends without one. */
function messageFrom<Message>(child: ChildProcess): Promise<Message> {
  return new Promise((resolve, reject) => {
    const onExit = (code: number | null) => reject(new Error(`A process of the benchmark ended with ${code}.`))
    child.once('exit', onExit)
    child.once('message', (message) => {
      child.off('exit', onExit)
      resolve(message as Message)
    })
  })
}

/** A sandbox in a process of its own. */
export interface SandboxProcess {
  origin: string
  token: string
  /** What it has used since it started, and the bytes of memory that it has in use beyond those of its start. */
  usage(): Promise<Usage & { memory: number }>
  close(): void
}

/** Starts a sandbox. */
export async function startSandboxProcess(): Promise<SandboxProcess> {
  const child = fork(join(__dirname, 'sandbox-process.ts'))
  const address = await messageFrom<{ origin: string; token: string }>(child)
  return {
    ...address,
    usage: () => {
      child.send('usage')
      return messageFrom(child)
    },
    close: () => child.disconnect()
  }
}

/**
 * Runs `tractionboard replay`.
 *
 * @param folder where it may write: its ledger, if it has one.
 * @returns what the process used, from its start to its end, and the seconds that it took.
 * @throws Error if it fails.
 */
export async function measureReplay(
  files: string[],
  { origin, token }: Pick<SandboxProcess, 'origin' | 'token'>,
  folder: string
): Promise<Usage & { seconds: number }> {
  const usageFile = join(folder, 'usage.json')
  const command = join(REPOSITORY, 'packages/cli/bin/tractionboard.js')
  const start = performance.now()
  const child = spawn(
    process.execPath,
    [
      '--require',
      join(__dirname, 'report-usage.cjs'),
      command,
      'replay',
      ...files,
      '--token',
      token,
      '--api-url',
      origin
    ],
    {
      stdio: ['ignore', 'ignore', 'inherit'],
      env: { ...process.env, USAGE_FILE: usageFile, HOME: folder, XDG_STATE_HOME: folder }
    }
  )
  const [code] = (await once(child, 'exit')) as [number | null]
  const seconds = (performance.now() - start) / 1000
  if (code !== 0) throw new Error(`The replay ended with ${code}.`)
  return { ...usageOf(JSON.parse(readFileSync(usageFile, 'utf8')) as NodeJS.ResourceUsage), seconds }
}
