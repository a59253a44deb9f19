import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { resolve } from 'node:path'

const COMMAND = resolve(__dirname, '../../../cli/bin/tractionboard.js')

/** A command that is running. */
export interface RunningCommand {
  child: ChildProcess
  /** What it printed, once it has ended. */
  ended: Promise<{ code: number | null; printed: string; errors: string }>
}

/**
 * Starts the `tractionboard` command, compiled, in a process of its own.
 *
 * @param folder where it keeps its state.
 */
export function startCommand(args: string[], folder: string): RunningCommand {
  const child = spawn(process.execPath, [COMMAND, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, HOME: folder, XDG_STATE_HOME: folder }
  })
  let printed = ''
  let errors = ''
  child.stdout?.on('data', (text: Buffer) => (printed += text.toString()))
  child.stderr?.on('data', (text: Buffer) => (errors += text.toString()))
  const ended = once(child, 'close').then(([code]) => ({ code: code as number | null, printed, errors }))
  return { child, ended }
}
