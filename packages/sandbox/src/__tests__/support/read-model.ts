import type { WireEvent } from '@tractionboard/contract'
import { EventIndex } from '../../model/event-index'
import type { User } from '../../model/history'
import { buildReadModel, type ReadModel } from '../../model/read-model'
import type { SpendEntry } from '../../model/spend'
import { compactEvent } from '../../compact-event'
import { StringPool } from '../../string-pool'

/** What the sandbox shows of some events, with all its users. */
export function readModel(events: WireEvent[], spend: readonly SpendEntry[] = []): ReadModel & { users: User[] } {
  const pool = new StringPool()
  const index = new EventIndex(events.map((event) => compactEvent(structuredClone(event), pool)))
  const model = buildReadModel(index, spend)
  return { ...model, ...model.listUsers(0, Infinity) }
}
