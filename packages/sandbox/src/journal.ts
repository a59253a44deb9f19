import type { WireEvent } from '@tractionboard/contract'
import type { Outcome } from './faults/settings'
import type { Counts } from './take'

/** How many requests the journal keeps. */
export const JOURNAL_SIZE = 200

/** One request to the contract's endpoints. Holds nothing personal: no token, no body, no id of a person. */
export interface JournalEntry {
  /** When it came in, UTC, RFC 3339. */
  at: string
  method: string
  /** As the contract writes it, such as `/v1/users/{external_user_id}`. */
  path: string
  /** The HTTP status; null if there is no answer yet, or never was one. */
  status: number | null
  /** Milliseconds until it was answered or given up; null as long as neither is so. */
  duration_ms: number | null
  /** The faults that were drawn for it. */
  faults: Outcome[]
  /** What became of its events; null if they were not looked at. */
  counts: Counts | null
  /** Its events, in their order; null for what could not be read. */
  events: { type: WireEvent['type'] | null; id: string | null }[]
}

/** The latest requests, in memory. */
export class Journal {
  private entries: JournalEntry[] = []

  /** Adds a request, and drops the oldest one if the journal is full. The caller fills the entry in as it goes on. */
  open(method: string, path: string): JournalEntry {
    const at = new Date().toISOString()
    const entry = { at, method, path, status: null, duration_ms: null, faults: [], counts: null, events: [] }
    this.entries = [...this.entries.slice(1 - JOURNAL_SIZE), entry]
    return entry
  }

  /** The latest requests, newest first: at most `limit`. */
  latest(limit = JOURNAL_SIZE): JournalEntry[] {
    return structuredClone([...this.entries].reverse().slice(0, limit))
  }

  /** Forgets all requests. */
  clear(): void {
    this.entries = []
  }
}

/** One line about a request, for people. */
export function journalLine({ method, path, status, duration_ms, faults, counts }: JournalEntry): string {
  const parts = [
    `${method} ${path} ${status ?? 'no answer'}`,
    counts && `${counts.accepted} accepted, ${counts.duplicates} duplicates, ${counts.rejected} rejected`,
    faults.length > 0 && `faults: ${faults.join(', ')}`,
    `${duration_ms} ms`
  ]
  return parts.filter(Boolean).join('; ')
}
