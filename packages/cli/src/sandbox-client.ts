import type { Dashboard } from '@tractionboard/sandbox'
import { CliError } from './errors'

const LOOPBACK = /^(127(\.\d+){3}|localhost|\[::1\])$/

/**
 * Gets the dashboard of a sandbox on this machine.
 *
 * @param origin such as `http://127.0.0.1:4000`.
 * @returns nothing if the origin is not on this machine, or has no dashboard: only a sandbox has one.
 */
export async function fetchDashboard(origin: string): Promise<Dashboard | undefined> {
  if (!LOOPBACK.test(new URL(origin).hostname)) return undefined
  try {
    const response = await fetch(`${origin}/sandbox/dashboard`)
    const dashboard = (await response.json()) as Dashboard
    return response.ok && Array.isArray(dashboard.months) ? dashboard : undefined
  } catch {
    // Something else than a sandbox, or a server that has ended: what was delivered is reported all the same.
    return undefined
  }
}

/** How long a server may take to say whether it is a sandbox, in milliseconds. */
const RUN_TIMEOUT_MS = 10_000

/**
 * Asks a server whether it is a sandbox, on this machine or not.
 *
 * @param origin such as `http://127.0.0.1:4000`.
 * @returns the run of the sandbox; nothing if the server is none.
 * @throws CliError if it does not answer.
 */
export async function fetchSandboxRun(origin: string): Promise<string | undefined> {
  const signal = AbortSignal.timeout(RUN_TIMEOUT_MS)
  const response = await fetch(`${origin}/sandbox`, { signal, redirect: 'manual' }).catch(() => {
    throw new CliError(`${origin} does not say whether it is a sandbox. Run the same command again.`)
  })
  const body: unknown = response.ok ? await response.json().catch(() => undefined) : undefined
  const { run } = Object(body) as { run?: unknown }
  return typeof run === 'string' ? run : undefined
}
