export {
  MAX_RECORD_BYTES,
  readArchive,
  STDIN,
  type Archive,
  type Entry,
  type ReadOptions,
  type SourceLocation
} from './archive'
export { callFilter, type CallFilterOptions } from './call-filter'
export { COUNT_NAMES, type Counts } from './counts'
export { createDestination } from './definition'
export { duration } from './delivery/server-health'
export { Stop, type StopKind } from './delivery/stop'
export { profiler, type CallProfile, type Count } from './call-profile'
export { errorMessage, LocalSegmentError, ReadError } from './errors'
export { eventTime, parseTime } from './event-time'
export { explainPayload, explainTrigger, type Explanation, type FieldExplanation } from './explain'
export { nearMisses, type NearMiss } from './near-misses'
export { LedgerError, type LedgerRemedy } from './ledger/errors'
export { ledgerIdentity, ledgerName, type LedgerIdentity } from './ledger/identity'
export { isRepeatable, Ledger, type ArchiveProgress, type LedgerStatus } from './ledger/ledger'
export type { ReplayStorage } from './ledger/run-storage'
export { countedTwice, parseMappings } from './parse-mappings'
export * from './platform'
export { integrationNames } from './platform/integrations'
export { recordRequests } from './platform/record-work'
export { fillQueue, queueStatus, setQueuePaused, workOnQueue, type QueuedReplay, type QueueStatus } from './queue'
export { DEFAULT_CONCURRENCY, replay, type Progress, type ReplayOptions } from './replay'
export { incompleteReason, type Rejection, type ReplayReport } from './report'
export { DEFAULT_RETRY, isRetried, type RetryOptions } from './retry'
export { batchSizeOf, mappingsOf, router, type Mapping } from './router'
export { listArchives, readArchives, type S3Options } from './sources'
export { createTrackingServer, type TrackingServer, type TrackingServerOptions } from './tracking'
export { tryCall, type TryResult } from './try'
export { withBaseUrl } from './with-base-url'
export { wrapRequests } from './wrap-requests'
