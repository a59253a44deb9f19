import destination from '@tractionboard/destination'
import { type ConsoleOptions, createConsole } from '@tractionboard/console'
import type { Definition } from '@tractionboard/lint'
import { createPlatform, createTrackingServer, errorMessage, withBaseUrl } from '@tractionboard/local-segment'
import type { Sandbox, SandboxOptions } from '@tractionboard/sandbox'
import { CliError } from '../errors'
import { loadDefinition } from '../load-definition'
import { printError, print } from '../terminal'
import { catchRequests, dummySettings } from './catch-requests'
import { openSandbox } from './sandbox'

export interface RunConsoleOptions {
  /** The path of a module that exports a definition. */
  module?: string
  port: number
}

/** What a console shows: a definition, and where it sends to. */
type Shown<Settings> = Pick<ConsoleOptions<Settings>, 'definition' | 'settings' | 'sandbox' | 'caughtPrefix'>

/** Servers that run until the command ends. */
interface Servers {
  lines: string[]
  close: () => Promise<void>
}

/** The ports of the page, the Tracking API and the sandbox; 0 is any free one. */
const portsFrom = (port: number) => (port === 0 ? [0, 0, 0] : [port, port + 1, port + 2])

/**
 * Starts a sandbox that a page shows.
 *
 * @param port of the page.
 * @returns the sandbox, and a function that is to be called with the page's address.
 * @throws CliError that says in one sentence why it cannot start.
 */
export async function openShownSandbox(
  port: number,
  spend?: SandboxOptions['spend']
): Promise<{ sandbox: Sandbox; setPageUrl: (url: string) => void }> {
  let pageUrl: string | undefined
  const sandbox = await onPort(() => openSandbox({ port: portsFrom(port)[2], spend, pageUrl: () => pageUrl }))
  return { sandbox, setPageUrl: (url) => (pageUrl = url) }
}

/** Shows Tractionboard's own definition, which sends to the sandbox. */
export const tractionboardIn = (sandbox: Sandbox): Shown<{ tokenId: string }> => ({
  definition: withBaseUrl(destination, sandbox.origin),
  settings: { tokenId: sandbox.token },
  sandbox
})

/**
 * Starts the Tracking API and the page.
 *
 * @param port of the page.
 * @throws CliError that says in one sentence why they cannot start.
 */
export async function openConsole<Settings>(shown: Shown<Settings>, port: number): Promise<Servers & { url: string }> {
  const [pagePort, trackingPort] = portsFrom(port)
  const platform = createPlatform(shown)
  const tracking = await onPort(() => createTrackingServer({ platform, port: trackingPort }))
  try {
    const page = await onPort(() => createConsole({ ...shown, platform, trackingUrl: tracking.origin, port: pagePort }))
    return {
      url: page.origin,
      lines: [`Page:           ${page.origin}`, `Tracking API:   ${tracking.origin}   any write key will do`],
      async close() {
        await Promise.all([page.close(), tracking.close()])
        await platform.close()
      }
    }
  } catch (error) {
    await tracking.close()
    throw error
  }
}

/** Prints the addresses, and runs the servers until the command is interrupted. */
export async function keepServing(lines: string[]): Promise<void> {
  print(['', ...lines, 'Press Ctrl+C to stop.'])
  await new Promise((resolve) => process.once('SIGINT', resolve).once('SIGTERM', resolve))
}

/** The line about a sandbox. */
export const sandboxLine = ({ origin, token }: Sandbox): string =>
  `Tractionboard:  ${origin}   its Token ID is ${token}`

/** Opens the page without sample: for Tractionboard's own definition, or for that of a module. */
export async function runConsole({ module, port }: RunConsoleOptions): Promise<void> {
  if (module !== undefined) return showModule(loadDefinition(module), port)
  const { sandbox, setPageUrl } = await openShownSandbox(port)
  try {
    const opened = await openConsole(tractionboardIn(sandbox), port)
    setPageUrl(opened.url)
    await keepServing([...opened.lines, sandboxLine(sandbox)])
    await opened.close()
  } finally {
    await sandbox.close()
  }
}

async function showModule(original: Definition, port: number): Promise<void> {
  const caught = await catchRequests(original)
  const { definition, prefix } = caught
  try {
    const settings = dummySettings(original)
    if (Object.keys(settings).length > 0) {
      printError(`The settings of ${original.name} are dummies: ${Object.keys(settings).join(', ')}.`)
    }
    const opened = await openConsole({ definition, settings, caughtPrefix: prefix }, port)
    await keepServing([...opened.lines, `Its requests are caught and shown; none is sent.`])
    await opened.close()
  } finally {
    await caught.close()
  }
}

/** Names the option where a port cannot be used. */
async function onPort<T>(open: () => Promise<T>): Promise<T> {
  try {
    return await open()
  } catch (error) {
    const { code, port } = error as { code?: string; port?: number }
    const taken = port ?? /^Port (\d+) /.exec(errorMessage(error))?.[1]
    if (code !== 'EADDRINUSE' && code !== 'EACCES' && taken === undefined) throw error
    throw new CliError(
      `Port ${taken} of 127.0.0.1 cannot be used: choose other ports with --port, or --port 0 for free ones.`
    )
  }
}
