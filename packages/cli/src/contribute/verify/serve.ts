import { createServer, type AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { SERVER } from '@tractionboard/contract'
import { errorMessage } from '@tractionboard/local-segment'
import { type Sandbox, startSandbox } from '@tractionboard/sandbox'
import { CliError } from '../../errors'
import { callFor } from './calls'
import type { Context } from './context'
import type { Run } from './script'

/** How long the server may take for one answer, in milliseconds. */
const RESPONSE_MS = 30_000

/** How often to ask whether the server is ready, in milliseconds. */
const POLL_MS = 250

/**
 * Sends to upstream's local server, for each action, one event and a batch of two, then checks the token and deletes a
 * user. The destination sends them on to a sandbox, which must then have accepted each event exactly once.
 *
 * @param start starts the server with these environment variables; resolves when it ends.
 * @returns what is wrong; nothing if all is well.
 */
export async function talkToServer(
  { definition, signal }: Context,
  start: (env: NodeJS.ProcessEnv) => Promise<Run>
): Promise<string | undefined> {
  const sandbox = await startSandbox()
  const finished = new AbortController()
  try {
    const port = await freePort()
    const ended = start({ PORT: String(port), VERIFY_SERVER: SERVER, VERIFY_SANDBOX: sandbox.origin }).then(
      ({ isTimedOut, output }) => {
        throw new CliError(isTimedOut ? 'The time was up.' : `The server ended: ${lastLine(output)}`)
      }
    )
    const stop = signal ? AbortSignal.any([signal, finished.signal]) : finished.signal
    const server = new Server(`http://127.0.0.1:${port}`, sandbox.token, stop)
    await Promise.race([ended, talk(server, definition, sandbox)])
    return undefined
  } catch (error) {
    return errorMessage(error)
  } finally {
    // Else a server that has ended would be asked for ever whether it is ready.
    finished.abort()
    await sandbox.close()
  }
}

async function talk(server: Server, { slug, actions }: Context['definition'], sandbox: Sandbox): Promise<void> {
  await server.isReady(slug)
  const sent: string[] = []
  for (const action of Object.keys(actions)) {
    const [single, ...batch] = [1, 2, 3].map((index) => callFor(action, `${action}-${index}`))
    await server.send(action, single)
    await server.send(action, batch)
    sent.push(...[1, 2, 3].map((index) => `${action}-${index}`))
  }
  await server.checkToken()
  await server.deleteUser()
  assertHeld(sandbox, sent)
}

/** Makes sure that a sandbox accepted each of these events once, and no other, and the deletion. */
export function assertHeld(sandbox: Pick<Sandbox, 'journal'>, sent: string[]): void {
  const requests = sandbox.journal().reverse()
  const accepted = requests.flatMap(({ events, counts }) =>
    counts?.accepted === events.length ? events.map(({ id }) => id) : []
  )
  const wrong = sent.find((id) => accepted.filter((other) => other === id).length !== 1)
  if (wrong !== undefined) throw new CliError(`The sandbox did not accept the event ${wrong} exactly once.`)
  if (accepted.length !== sent.length) throw new CliError('The sandbox has events that were not sent.')
  const isErased = requests.some(({ path, status }) => path === '/v1/erasures' && status === 204)
  if (!isErased) throw new CliError('The deletion did not reach the sandbox.')
}

/** Upstream's local server, which answers with what went over HTTP, or with an error in its place. */
class Server {
  constructor(
    private readonly origin: string,
    private readonly tokenId: string,
    private readonly signal: AbortSignal
  ) {}

  /** Waits until it serves this destination. */
  async isReady(slug: string | undefined): Promise<void> {
    for (;;) {
      const manifest = (await this.request('manifest').catch(() => undefined)) as { slug?: string } | undefined
      if (manifest !== undefined && manifest.slug === slug) return
      await sleep(POLL_MS, undefined, { signal: this.signal })
    }
  }

  async send(action: string, payload: object): Promise<void> {
    const exchanges = await this.request(action, { settings: { tokenId: this.tokenId }, payload })
    const problem = errorIn(exchanges)
    if (problem) throw new CliError(`${action}: ${problem}`)
  }

  async checkToken(): Promise<void> {
    const { ok } = (await this.request('authenticate', { tokenId: this.tokenId })) as { ok?: boolean }
    if (!ok) throw new CliError('The check of the token failed.')
  }

  async deleteUser(): Promise<void> {
    const payload = { type: 'delete', userId: 'user-1' }
    const problem = errorIn(await this.request('delete', { settings: { tokenId: this.tokenId }, payload }))
    if (problem) throw new CliError(`The deletion failed: ${problem}`)
  }

  private async request(path: string, body?: object): Promise<unknown> {
    const response = await fetch(`${this.origin}/${path}`, {
      method: body ? 'POST' : 'GET',
      headers: { 'content-type': 'application/json' },
      body: body && JSON.stringify(body),
      signal: AbortSignal.any([this.signal, AbortSignal.timeout(RESPONSE_MS)])
    })
    return response.json()
  }
}

/** The message of the error in an answer, if there is one. */
function errorIn(answer: unknown): string | undefined {
  if (!Array.isArray(answer)) return 'The server answered something else than a list.'
  const [first] = answer as { requestError?: boolean; message?: unknown }[]
  return first?.requestError ? String(first.message) : undefined
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo
      server.close(() => resolve(port))
    })
  })
}

const lastLine = (output: string) => output.trimEnd().split('\n').pop()?.trim() || 'it printed nothing.'
