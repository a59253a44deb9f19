import { fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { resolve } from 'node:path'

/** A sandbox in another process. */
export interface Target {
  origin: string
  port: number
  token: string
  /** What went wrong with the process since this was last asked: nothing, unless it ended or complained. */
  faults(): string[]
  /** Starts the process anew if it has ended, so that what ended it can be made smaller. */
  revive(): Promise<void>
  close(): Promise<void>
}

/** Starts the sandbox, and keeps what it complains of. */
export async function startTarget(): Promise<Target> {
  let complaints = ''
  let child: ChildProcess
  const target: Target = {
    origin: '',
    port: 0,
    token: '',
    faults: () => {
      const told = complaints
      complaints = ''
      return [
        ...(hasEnded(child) ? [`The sandbox ended with ${child.exitCode ?? child.signalCode}.`] : []),
        ...(told ? [`The sandbox wrote to standard error:\n${told}`] : [])
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
    child = fork(resolve(__dirname, 'server.ts'), { stdio: ['ignore', 'ignore', 'pipe', 'ipc'] })
    child.stderr?.on('data', (chunk: Buffer) => (complaints += chunk.toString()))
    const [{ origin, token }] = (await once(child, 'message')) as [{ origin: string; token: string }]
    Object.assign(target, { origin, token, port: Number(new URL(origin).port) })
  }
  await start()
  return target
}

const hasEnded = ({ exitCode, signalCode }: ChildProcess) => exitCode !== null || signalCode !== null
