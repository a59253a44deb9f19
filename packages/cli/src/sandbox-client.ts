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
  try {
    const response = await fetch(`${origin}/sandbox/dashboard`)
    const dashboard = (await response.json()) as Dashboard
    return response.ok && Array.isArray(dashboard.months) ? dashboard : undefined
  } catch {
    // Something else than a sandbox, or a server that has ended: what was delivered is reported all the same.
    return undefined
  }
}
