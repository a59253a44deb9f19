import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { type AddressInfo, createConnection, createServer } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'

/** A Redis of its own. */
export interface TestRedis {
  url: string
  /** Kills it, and starts an empty one at the same address. */
  lose(): Promise<void>
  stop(): Promise<void>
}

export const isRedisInstalled = (): boolean => spawnSync('redis-server', ['--version']).status === 0

/** Starts Debian's `redis-server` on a free port of loopback. It writes nothing to the disk. */
export async function startRedis(): Promise<TestRedis> {
  const port = await freePort()
  let server = await start(port)
  const stop = async () => {
    const ended = once(server, 'exit')
    server.kill('SIGKILL')
    await ended
  }
  return {
    url: `redis://127.0.0.1:${port}`,
    stop,
    async lose() {
      await stop()
      server = await start(port)
    }
  }
}

async function start(port: number): Promise<ChildProcess> {
  const options = ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no']
  const server = spawn('redis-server', options, { stdio: 'ignore' })
  while (!(await accepts(port))) {
    if (server.exitCode !== null) throw new Error(`redis-server ended with ${server.exitCode}.`)
    await sleep(20)
  }
  return server
}

const accepts = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = createConnection(port, '127.0.0.1')
    socket.once('error', () => resolve(false))
    socket.once('connect', () => {
      socket.destroy()
      resolve(true)
    })
  })

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}
