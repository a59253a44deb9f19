import type { WireEvent } from '@tractionboard/contract'
import { once } from 'lodash'
import { contract } from './contract'
import type { FaultKind } from './faults/kinds'
import type { Counts } from './ingest'
import { isEventType } from './validation/event'

/** How many requests the journal keeps. */
export const JOURNAL_SIZE = 200

/** One request to the contract's endpoints. Holds nothing personal: no token, no body, no id of a person. */
export interface JournalEntry {
  /** When it came in: RFC 3339, UTC. */
  at: string
  method: string
  /** As the contract writes it, such as `/v1/events`. */
  path: string
  /** The HTTP status; null if the connection ended without a response. */
  status: number | null
  /** Milliseconds until the response was ready, or until the client gave up. */
  duration_ms: number
  /** The faults that were injected, but for `unavailable`, which `counts` tells of. */
  faults: FaultKind[]
  /** The results of its events; null if none was ingested. */
  counts: Counts | null
  /** Its events, in their order; null for a type or an id that is not valid. */
  events: { type: WireEvent['type'] | null; id: string | null }[]
}

/** An entry as it is kept. Lists side by side: a thousand objects for each request would keep the garbage collector busy. */
interface KeptEntry extends Omit<JournalEntry, 'events'> {
  types: JournalEntry['events'][number]['type'][]
  ids: JournalEntry['events'][number]['id'][]
}

/** The latest requests, in memory. */
export class Journal {
  private entries: KeptEntry[] = []

  /** Adds a request that is over, and drops the oldest one if the journal is full. */
  add({ events, ...entry }: JournalEntry): void {
    const kept = { ...entry, types: events.map(({ type }) => type), ids: events.map(({ id }) => id) }
    this.entries = [...this.entries.slice(1 - JOURNAL_SIZE), kept]
  }

  /** At most `limit` of the latest requests, newest first. */
  latest(limit = JOURNAL_SIZE): JournalEntry[] {
    const latest = structuredClone([...this.entries].reverse().slice(0, limit))
    return latest.map(({ types, ids, ...entry }) => ({
      ...entry,
      events: ids.map((id, index) => ({ type: types[index], id }))
    }))
  }
}

const maxIdLength = once(() => {
  const { properties } = contract().components.schemas.EventCommon as { properties: { id: { maxLength: number } } }
  return properties.id.maxLength
})

/**
 * What the journal keeps of an event: its type and id, if they are valid. Anything else could be personal.
 *
 * @param event anything that `JSON.parse` gives.
 */
export function journalEvent(event: unknown): JournalEntry['events'][number] {
  const { type, id } = Object(event) as { type?: unknown; id?: unknown }
  return { type: isEventType(type) ? type : null, id: typeof id === 'string' && id.length <= maxIdLength() ? id : null }
}

/**
 * Writes a request as one line for people.
 *
 * @example 'POST /v1/events 207; 1 accepted, 0 duplicates, 1 rejected; 3 ms'
 */
export function journalLine({ method, path, status, duration_ms, faults, counts }: JournalEntry): string {
  const parts = [
    `${method} ${path} ${status ?? 'no response'}`,
    counts && `${counts.accepted} accepted, ${counts.duplicates} duplicates, ${counts.rejected} rejected`,
    faults.length > 0 && `faults: ${faults.join(', ')}`,
    `${duration_ms} ms`
  ]
  return parts.filter(Boolean).join('; ')
}
