import type { Dashboard } from '@tractionboard/sandbox'

const LOOPBACK = /^(127(\.\d+){3}|localhost|\[::1\])$/

/**
 * Gets the dashboard of a sandbox on this machine.
 *
 * @param origin such as `http://127.0.0.1:4000`.
 * @returns nothing if the origin is not on this machine, or has no dashboard: only a sandbox has one.
 */
export async function fetchDashboard(origin: string): Promise<Dashboard | undefined> {
  if (!LOOPBACK.test(new URL(origin).hostname)) return undefined
  const response = await fetch(`${origin}/sandbox/dashboard`)
  return response.ok ? ((await response.json()) as Dashboard) : undefined
}
