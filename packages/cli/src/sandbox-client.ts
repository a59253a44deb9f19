import type { Dashboard } from '@tractionboard/sandbox'
import { Failure } from './failure'
import { describeDashboard } from './report/dashboard'

const LOOPBACK = /^(127(\.\d+){3}|localhost|\[::1\])$/

/**
 * The origin of an address that a person gave.
 *
 * @throws Failure if it is no http or https address.
 */
export function originOf(address: string): string {
  const url = URL.canParse(address) ? new URL(address) : undefined
  if (!url || !/^https?:$/.test(url.protocol)) {
    throw new Failure(`${address} is no address. Write it as http://127.0.0.1:4000 or https://api.example.com.`)
  }
  return url.origin
}

/** Shows the dashboard, if it is a sandbox on this machine that is there: only a sandbox has a read side. */
export async function showDashboardOf(origin: string): Promise<void> {
  if (!LOOPBACK.test(new URL(origin).hostname)) return
  const response = await fetch(`${origin}/sandbox/dashboard`)
  if (response.ok) console.log(describeDashboard((await response.json()) as Dashboard))
}
