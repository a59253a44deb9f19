import type { Platform, Trace } from '@tractionboard/local-segment'
import type { Sandbox, User } from '@tractionboard/sandbox'
import type { UserChange } from './api-types'

/** For how many calls the user before and after is kept. */
const KEPT = 500

/** Looking users up takes time: if more calls than this come within a second, it is left out. */
const MAX_PER_SECOND = 5

/** Remembers users before and after the latest calls. */
export interface UserChanges {
  of(traceId: number): UserChange | undefined
  close(): void
}

/** The user of a call, as the panel shows one now; null if nobody is known by its ids. */
export function userOf(sandbox: Pick<Sandbox, 'user'>, { call }: Pick<Trace, 'call'>): User | null {
  const ids = [call.userId, call.anonymousId].filter((id) => typeof id === 'string' && id !== '')
  for (const id of ids) {
    const user = sandbox.user(id as string)
    if (user) return user
  }
  return null
}

/** Whether nothing more will become of a call. */
export const isSettled = ({ mappings }: Trace): boolean =>
  mappings.every(({ status }) => !['waiting', 'sending', 'retrying'].includes(status))

/** Looks users up when their calls come in and when they are delivered. */
export function watchUsers(platform: Platform, sandbox: Sandbox): UserChanges {
  const changes = new Map<number, UserChange>()
  const recent: number[] = []
  let latest = 0

  const stop = platform.on((trace) => {
    if (trace.id > latest) {
      latest = trace.id
      const now = Date.now()
      while (recent.length > 0 && recent[0] < now - 1000) recent.shift()
      recent.push(now)
      if (recent.length > MAX_PER_SECOND) return
      const before = userOf(sandbox, trace)
      changes.set(trace.id, { before, after: before })
      if (changes.size > KEPT) changes.delete(changes.keys().next().value as number)
    }
    const change = changes.get(trace.id)
    if (change && isSettled(trace)) change.after = userOf(sandbox, trace)
  })
  return { of: (traceId) => changes.get(traceId), close: stop }
}
