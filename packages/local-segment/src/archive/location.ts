/** Where a call is in an archive. */
export interface SourceLocation {
  file: string
  /** Counted from 1. */
  line: number
  /** For the calls of a JSON array, which of its elements it is, counted from 1. */
  element?: number
}
