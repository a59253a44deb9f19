import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createApp } from './app'
import { prepareEventChecks } from './check/event'
import { once } from './contract'
import type { Faults, FaultSettings } from './faults/settings'
import { journalLine, type JournalEntry } from './journal'
import type { User } from './model/history'
import type { Dashboard, Spend } from './model/project'
import { State } from './state'

/** The Token ID that is good unless another is asked for. Clearly no real one. */
export const DEFAULT_TOKEN = 'tb_sandbox_token'

const HOST = '127.0.0.1'

/** How a sandbox is to be. All may be left out. */
export interface SandboxOptions {
  /** The port on 127.0.0.1; 0, the default, takes any free one. */
  port?: number
  /** The one Token ID that is good. */
  token?: string
  /** What was spent on getting customers; nothing by default. */
  spend?: Spend
  /** What goes wrong; nothing by default. */
  faults?: Faults
  /** False writes a line about each request to standard error. True by default. */
  quiet?: boolean
}

/** A sandbox that runs. */
export interface Sandbox {
  /** Where it is reached, such as `http://127.0.0.1:8080`. */
  origin: string
  /** The Token ID that is good. */
  token: string
  /** The metrics of the panel. */
  dashboard(): Dashboard
  /** The users, in order of their External User IDs. */
  users(): User[]
  /** The latest requests to the contract's endpoints, newest first. */
  journal(): JournalEntry[]
  /** Puts everything back to how it was at the start. */
  reset(): void
  /** The fault switch, with what of its script is to come. */
  faults(): FaultSettings
  /** Sets the fault switch anew. Throws an error that names the member at fault if the settings are wrong. */
  setFaults(faults: Faults): void
  /** Replaces the spend. Throws an error that names the currency at fault if it is wrong. */
  setSpend(spend: Spend): void
  /** Ends it, with all open connections. May be called again. */
  close(): Promise<void>
}

/**
 * Starts a stand-in Tractionboard, which only this machine can reach and which forgets everything when it ends.
 *
 * @throws an error that says what to do if the port cannot be had, the token is blank, or the spend or the faults are
 * wrong.
 */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const { port = 0, token = DEFAULT_TOKEN, spend = {}, faults = {}, quiet = true } = options
  if (!/^\S+$/.test(token)) throw new Error('The token is blank or has blanks in it. Choose one without.')
  const state = new State({ token, spend, faults })
  prepareEventChecks()
  const log = (entry: JournalEntry) => void (quiet || console.error(journalLine(entry)))
  const server = createServer(createApp(state, log))
  await listen(server, port)
  return {
    origin: `http://${HOST}:${(server.address() as AddressInfo).port}`,
    token,
    dashboard: () => state.store.read().dashboard,
    users: () => state.store.read().users,
    journal: () => state.journal.latest(),
    reset: () => state.reset(),
    faults: () => state.faults.settings,
    setFaults: (settings) => state.setFaults(settings),
    setSpend: (amounts) => state.setSpend(amounts),
    close: once(() => close(server))
  }
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(explainListen(error, port)))
    server.listen(port, HOST, resolve)
  })
}

const LISTEN_ERRORS: ReadonlyMap<string | undefined, string> = new Map([
  ['EADDRINUSE', 'is taken'],
  ['EACCES', 'may not be used by this user']
])

function explainListen(error: NodeJS.ErrnoException, port: number): Error {
  const reason = LISTEN_ERRORS.get(error.code)
  return reason ? new Error(`Port ${port} of ${HOST} ${reason}: choose another one, or 0 for any that is free.`) : error
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve())
    server.closeAllConnections()
  })
}
