import type { Dashboard } from '@tractionboard/sandbox'
import { CliError } from './errors'
import { describeDashboard } from './report/dashboard'

const LOOPBACK = /^(127(\.\d+){3}|localhost|\[::1\])$/

/**
 * The origin of an address that a person gave.
 *
 * @throws CliError if it is not an http or https URL, or has a path.
 */
export function originOf(address: string): string {
  const url = URL.canParse(address) ? new URL(address) : undefined
  if (!url || !/^https?:$/.test(url.protocol)) {
    throw new CliError(`${address} is not a URL. Write it as http://127.0.0.1:4000 or https://api.example.com.`)
  }
  if (url.pathname !== '/' || url.search) {
    throw new CliError(`${address} has a path. Write only where Tractionboard is reached, as ${url.origin}.`)
  }
  return url.origin
}

/** Shows the dashboard, if it is a sandbox on this machine that is there: only a sandbox has a read side. */
export async function showDashboardOf(origin: string): Promise<void> {
  if (!LOOPBACK.test(new URL(origin).hostname)) return
  const response = await fetch(`${origin}/sandbox/dashboard`)
  if (response.ok) console.log(describeDashboard((await response.json()) as Dashboard))
}
