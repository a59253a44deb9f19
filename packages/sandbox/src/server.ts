import type { WireEvent } from '@tractionboard/contract'
import express, { type Express } from 'express'
import { once } from 'lodash'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { inspect } from 'node:util'
import type { Faults, FaultSettings } from './faults/kinds'
import { errorHandler, notFound } from './http/errors'
import { journalLine, type JournalEntry } from './journal'
import type { Log } from './log'
import type { User } from './model/history'
import type { Dashboard } from './model/read-model'
import type { MonthActivity } from './model/activity'
import type { Spend, SpendEntry } from './model/spend'
import { contractRoutes } from './routes/contract'
import { homePage } from './routes/home'
import { sandboxRoutes } from './routes/sandbox'
import { State } from './state'
import { prepareEventValidation } from './validation/event'

/** The Token ID that is good by default. */
export const DEFAULT_TOKEN = 'tb_sandbox_token'

const HOST = '127.0.0.1'

/** Options of a sandbox. */
export interface SandboxOptions {
  /** The port on 127.0.0.1; 0, the default, takes any free one. */
  port?: number
  /** The Token ID that is good; `DEFAULT_TOKEN` by default. */
  token?: string
  /** What was spent to acquire customers, by currency or as a list; nothing by default. */
  spend?: Spend | readonly SpendEntry[]
  /** The faults to inject; none by default. */
  faults?: Faults
  /** Where a page shows the numbers, if one does: `GET /` tells a person in a browser. Asked at each request. */
  pageUrl?: () => string | undefined
  /** False writes a line about each request. True by default. */
  quiet?: boolean
  /** Writes text of one or several lines for people; by default to standard error, as it is. */
  printError?: (text: string) => void
}

/** A running sandbox. */
export interface Sandbox {
  /** Its address, such as `http://127.0.0.1:8080`. */
  origin: string
  /** The Token ID that is good. */
  token: string
  /** A UUID, another one at each start and after each reset: what was sent to an earlier run is not in this one. */
  run(): string
  dashboard(): Dashboard
  /** Sorted by External User ID. */
  users(): User[]
  /** The user with this External User ID, present or previous, or else with this anonymous id. */
  user(id: string): User | undefined
  /** The accepted events of that user, sorted by time. */
  eventsOf(id: string): WireEvent[]
  /** What happened in each month that has an event, sorted by month. */
  activity(): MonthActivity[]
  /** The latest requests to the contract's endpoints, newest first. */
  journal(): JournalEntry[]
  /** Goes back to the start: no events, an empty journal, and the spend and the faults of the options. */
  reset(): void
  /** The fault settings, with the part of the script that is still to come. */
  faults(): FaultSettings
  /**
   * Replaces the fault settings; what is left out gets its default.
   *
   * @throws an error that names the setting at fault.
   */
  setFaults(faults: Faults): void
  /** What was spent to acquire customers. */
  spend(): readonly SpendEntry[]
  /**
   * Replaces the spend.
   *
   * @throws an error that names the currency or the entry at fault.
   */
  setSpend(spend: Spend | readonly SpendEntry[]): void
  /** Closes all connections and ends it. May be called again. */
  close(): Promise<void>
}

/**
 * Starts a stand-in Tractionboard in this process, on 127.0.0.1 only. It keeps everything in memory.
 *
 * @throws an error that says what to do if the port is not free, or the token, the spend or the faults are invalid.
 * @example
 * const sandbox = await startSandbox({ faults: { script: ['server_error'] } })
 * // Send events to sandbox.origin with sandbox.token.
 * await sandbox.close()
 */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const { port = 0, token = DEFAULT_TOKEN, spend = {}, faults = {}, quiet = true, pageUrl = () => undefined } = options
  const { printError = (text) => console.error(text) } = options
  if (!/^\S+$/.test(token)) throw new Error('The token is blank or has spaces in it. Choose one without.')
  const state = new State({ token, spend, faults })
  prepareEventValidation()
  const log: Log = {
    request: (entry) => void (quiet || printError(journalLine(entry))),
    error: (error) => printError(inspect(error))
  }
  const server = createServer(createApp(state, log, pageUrl))
  await listen(server, port)
  return {
    origin: `http://${HOST}:${(server.address() as AddressInfo).port}`,
    token,
    run: () => state.run,
    dashboard: () => state.store.read().dashboard,
    users: () => state.store.read().listUsers(0, Infinity).users,
    user: (id) => state.store.read().findUser(id),
    eventsOf: (id) => state.store.read().eventsOf(id),
    activity: () => state.store.read().activity(),
    journal: () => state.journal.latest(),
    reset: () => state.reset(),
    faults: () => state.faults.settings,
    setFaults: (settings) => state.setFaults(settings),
    spend: () => state.store.spend,
    setSpend: (spent) => state.setSpend(spent),
    close: once(() => close(server))
  }
}

function createApp(state: State, log: Log, pageUrl: () => string | undefined): Express {
  const app = express()
  app.disable('x-powered-by')
  app.disable('etag')
  app.use(contractRoutes(state, log))
  app.use('/sandbox', sandboxRoutes(state))
  app.get('/', homePage(pageUrl))
  app.use(notFound)
  app.use(errorHandler(log))
  return app
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(describeListenError(error, port)))
    server.listen(port, HOST, resolve)
  })
}

const LISTEN_ERRORS: ReadonlyMap<string | undefined, string> = new Map([
  ['EADDRINUSE', 'is taken'],
  ['EACCES', 'may not be used by this user']
])

function describeListenError(error: NodeJS.ErrnoException, port: number): Error {
  const reason = LISTEN_ERRORS.get(error.code)
  return reason ? new Error(`Port ${port} of ${HOST} ${reason}: choose another one, or 0 for any that is free.`) : error
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve())
    server.closeAllConnections()
  })
}
