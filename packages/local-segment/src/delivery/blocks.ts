import type { Archive, Entry, SourceLocation } from '../archive'
import { type Counts, noCounts } from '../counts'
import type { DeadLetter } from '../dead-letters'

/** An archive that is being read. */
export interface OpenArchive {
  archive: Archive
  /** How many of its entries an earlier run may have sent without having written it down. */
  sentUpTo: number
}

/** A dead letter, and which entry of its block it is about. */
type BlockDeadLetter = DeadLetter & { offset: number }

/** The name of an event: an action, and the id of a call. */
export const eventName = (action: string, messageId: unknown): string => `${action} ${String(messageId)}`

/** A malformed line, without what could not be read. */
export type MalformedLine = SourceLocation & { problem: string }

/** Entries of an archive that follow one another. A ledger knows whole blocks only. */
export interface Block {
  archive: OpenArchive
  /** Entries of the archive that come before it. */
  start: number
  /** The same, after it. */
  end: number
  /** Whether the archive ends with it. */
  isLast: boolean
  counts: Counts
  /** Accepted events by action. */
  actions: Record<string, number>
  /** Accepted events and duplicates, named by `eventName`. */
  delivered: string[]
  deadLetters: BlockDeadLetter[]
  malformedLines: MalformedLine[]
  /** How many deliveries have no outcome yet; one more while the block is being read. */
  open: number
}

/** A block of which nothing is read yet. */
export const newBlock = (archive: OpenArchive, start: number, entries: Entry[], isLast: boolean): Block => ({
  archive,
  start,
  end: start + entries.length,
  isLast,
  counts: noCounts(),
  actions: {},
  delivered: [],
  deadLetters: [],
  malformedLines: [],
  open: 1
})
