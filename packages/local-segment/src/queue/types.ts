import type { Counts } from '../counts'
import type { LedgerIdentity } from '../ledger/identity'
import type { ReplayReport } from '../report'
import type { Mapping } from '../router'

/** Which calls are sent, as JSON. */
interface QueuedFilter {
  /** Times in ISO 8601. */
  from?: string
  to?: string
  /** FQL. */
  where?: string
  respectIntegrations?: boolean
}

/** A replay on many machines, as its workers are told of it. There is no token in it. */
export interface QueuedReplay {
  /** Workers of another account, server or version refuse it. */
  identity: LedgerIdentity
  filter: QueuedFilter
  mappings: Mapping[]
  /** The address of an S3-compatible server. */
  endpoint?: string
  /** The most calls a second of all workers together. */
  rate?: number
  archives: number
  /** How many archives are delivered to their end. */
  delivered: number
  /** What became of the calls of the archives that the ledger knows of. */
  totals: Counts
  /** Whether nothing is left to do. */
  isComplete: boolean
}

/** An archive, or the rest of one. */
export interface JobData {
  /** The name of the replay: workers do no job of another one. */
  replay: string
  /** As in the ledger. */
  name: string
  size: number
  version: string
  /** Entries that have an outcome. */
  done: number
  /** Entries that may have been sent. */
  sentUpTo: number
}

/** What became of a job. */
export interface JobResult {
  /** Entries of the archive that have an outcome now. */
  done: number
  isComplete: boolean
  report: ReplayReport
}
