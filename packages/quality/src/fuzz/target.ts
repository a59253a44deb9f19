import { fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { resolve } from 'node:path'

/** A sandbox in its own process. */
export interface Target {
  origin: string
  port: number
  token: string
  /** Failures of the process since the last call: that it ended, or what it wrote to standard error. */
  failures(): string[]
  /** Starts the process again if it has ended, so that fast-check can shrink the case that ended it. */
  revive(): Promise<void>
  close(): Promise<void>
}

/** Starts the sandbox, and collects what it writes to standard error. */
export async function startTarget(): Promise<Target> {
  let stderr = ''
  let child: ChildProcess
  const target: Target = {
    origin: '',
    port: 0,
    token: '',
    failures: () => {
      const text = stderr
      stderr = ''
      return [
        ...(hasEnded(child) ? [`The sandbox ended with ${child.exitCode ?? child.signalCode}.`] : []),
        ...(text ? [`The sandbox wrote to standard error:\n${text}`] : [])
      ]
    },
    revive: async () => {
      if (hasEnded(child)) await start()
    },
    close: async () => {
      if (hasEnded(child)) return
      child.disconnect()
      await once(child, 'exit')
    }
  }
  const start = async () => {
    child = fork(resolve(__dirname, 'sandbox-process.ts'), { stdio: ['ignore', 'ignore', 'pipe', 'ipc'] })
    child.stderr?.on('data', (chunk: Buffer) => (stderr += chunk.toString()))
    const [{ origin, token }] = (await once(child, 'message')) as [{ origin: string; token: string }]
    Object.assign(target, { origin, token, port: Number(new URL(origin).port) })
  }
  await start()
  return target
}

const hasEnded = ({ exitCode, signalCode }: ChildProcess) => exitCode !== null || signalCode !== null
