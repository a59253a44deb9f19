import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import type { DestinationDefinition } from '@segment/actions-core'
import type { Platform } from '@tractionboard/local-segment'
import type { Sandbox } from '@tractionboard/sandbox'
import type { ConsoleState } from './api-types'
import { snippet } from './demo-snippet'
import { actionForms } from './forms'
import { readJson } from './http/body'
import { HttpError } from './http/http-error'
import { isFromHere, securityHeaders } from './http/security'
import { sendFile, sendJson } from './http/send'
import { readStaticFiles, type StaticFile } from './http/static-files'
import { createLive } from './live'
import { createMappings } from './mappings'
import { createRoutes, type Routes } from './routes'
import { watchUsers } from './user-changes'

const HOST = '127.0.0.1'

/** Where the page is built to: the same from `src` and from `dist`. */
const PAGE_FOLDER = join(__dirname, '../dist/page')

/** The paths that are views of the page. */
const VIEWS = /^\/(?:(?:live|test|mappings|panel|faults|demo)(?:\/.*)?)?$/

/** The demo shop: the only page whose scripts come from the Tracking API, too. */
const SHOP = /^\/demo\/shop(?:\/|$)/

export interface ConsoleOptions<Settings> {
  /** The definition that the platform runs. */
  definition: DestinationDefinition<Settings>
  /** The settings that the platform runs it with. Their secrets are in no answer. */
  settings: Settings
  platform: Platform
  /** The stand-in Tractionboard that the definition sends to; without one, there is no panel. */
  sandbox?: Sandbox
  /** The origin of the Tracking API, for the demo shop and for people who point their app at it. */
  trackingUrl?: string
  /** Stands before the address of each request that is caught instead of sent. */
  caughtPrefix?: string
  /** The port on 127.0.0.1; 0, the default, takes any free one. */
  port?: number
}

/** A running console. */
export interface ConsoleServer {
  /** Its address, such as `http://127.0.0.1:4100`. */
  origin: string
  /** Closes all connections and ends it. */
  close(): Promise<void>
}

/**
 * Serves the page on 127.0.0.1: what a destination does with each call, and why.
 *
 * @throws an error if the page was not built, or, with its `code`, if the port cannot be used.
 * @example
 * const { origin } = await createConsole({ definition, settings, platform, sandbox })
 */
export async function createConsole<Settings>(options: ConsoleOptions<Settings>): Promise<ConsoleServer> {
  const { definition, platform, sandbox, trackingUrl, caughtPrefix } = options
  const files = readStaticFiles(PAGE_FOLDER)
  const run = randomUUID()
  let latestTraceId = 0
  const stopCounting = platform.on(({ id }) => (latestTraceId = Math.max(latestTraceId, id)))
  const mappings = createMappings(definition, platform, () => latestTraceId)
  const users = sandbox && watchUsers(platform, sandbox)
  const live = createLive(platform, run)
  const state: ConsoleState = {
    run,
    name: definition.name,
    actions: actionForms(definition as DestinationDefinition),
    trackingUrl,
    sandboxUrl: sandbox?.origin,
    caughtPrefix
  }
  const routes: Routes = { ...createRoutes({ ...options, mappings, users }), 'GET /api/state': () => state }

  const server = createServer((request, response) => {
    handle(request, response).catch((error: unknown) => fail(response, error))
  })

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { port } = server.address() as AddressInfo
    const { pathname, searchParams } = new URL(request.url ?? '/', `http://${HOST}`)
    const isShop = SHOP.test(pathname)
    for (const [name, value] of Object.entries(securityHeaders(isShop ? trackingUrl : undefined))) {
      response.setHeader(name, value)
    }
    if (!isFromHere(request, port)) {
      throw new HttpError(403, `This page is for this machine only. Open http://${HOST}:${port} in the browser.`)
    }
    if (pathname === '/api/live') return live.serve(request, response)
    if (pathname.startsWith('/api/')) {
      const { route, id } = findRoute(routes, String(request.method), pathname)
      return sendJson(response, 200, await route({ id, query: searchParams, json: () => readJson(request) }))
    }
    if (request.method !== 'GET' && request.method !== 'HEAD') throw new HttpError(405, 'Use GET.')
    if (pathname === '/demo/snippet.js') return sendFile(request, response, scriptFile(snippet(trackingUrl)))
    const file = files.get(isShop ? '/shop/index.html' : VIEWS.test(pathname) ? '/index.html' : pathname)
    if (!file) throw new HttpError(404, 'There is nothing at this address.')
    sendFile(request, response, file)
  }

  await listen(server, options.port ?? 0)
  return {
    origin: `http://${HOST}:${(server.address() as AddressInfo).port}`,
    async close() {
      stopCounting()
      users?.close()
      live.close()
      server.close()
      server.closeAllConnections()
      if (server.listening) await once(server, 'close')
    }
  }
}

const scriptFile = (script: string): StaticFile => ({
  type: 'text/javascript; charset=utf-8',
  bytes: Buffer.from(script),
  isHashed: false
})

function findRoute<T>(routes: Record<string, T>, method: string, pathname: string): { route: T; id: string } {
  const exact = `${method} ${pathname}`
  if (Object.hasOwn(routes, exact)) return { route: routes[exact], id: '' }
  const end = pathname.lastIndexOf('/') + 1
  const parent = `${method} ${pathname.slice(0, end)}`
  if (!Object.hasOwn(routes, parent)) throw new HttpError(404, 'There is nothing at this address.')
  return { route: routes[parent], id: decode(pathname.slice(end)) }
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    throw new HttpError(400, 'The address has a % that is followed by no code.')
  }
}

function fail(response: ServerResponse, error: unknown): void {
  if (response.headersSent) return void response.destroy()
  const isExpected = error instanceof HttpError
  // A body that is too large is not read: the connection cannot be used again.
  if (isExpected && error.status === 413) response.setHeader('connection', 'close')
  sendJson(response, isExpected ? error.status : 500, { message: (error as Error).message })
}

async function listen(server: Server, port: number): Promise<void> {
  server.listen(port, HOST)
  await once(server, 'listening')
}
