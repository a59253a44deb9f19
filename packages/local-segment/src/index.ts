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
export { createDestination } from './definition'
export { errorMessage, LocalSegmentError, ReadError } from './errors'
export { eventTime, parseTime } from './event-time'
export { countedTwice, parseMappings } from './parse-mappings'
export * from './platform'
export { integrationNames } from './platform/integrations'
export { recordRequests } from './platform/record-work'
export { replay, type Progress } from './replay'
export { incompleteReason, type Rejection, type ReplayReport } from './report'
export { isRetried, type RetryOptions } from './retry'
export { batchSizeOf, mappingsOf, router, type Mapping } from './router'
export { listArchives, readArchives, type S3Options } from './sources'
export { tryCall, type TryResult } from './try'
export { withBaseUrl } from './with-base-url'
export { wrapRequests } from './wrap-requests'
