/** One file, standard input, or one object in S3. */
export interface Archive {
  /** The path as it was named or found, `-` for standard input, or `s3://bucket/key`. */
  name: string
  /** Bytes as stored. Undefined for standard input and pipes, which can be read only once. */
  size?: number
  /**
   * Changes when the content does: the ETag of an object, or when a file was last modified, in ISO 8601. Undefined for
   * standard input and pipes.
   */
  version?: string
  /**
   * Opens it for reading.
   *
   * @param signal ends the reading with its reason.
   * @returns the bytes as they are stored.
   */
  open(signal?: AbortSignal): AsyncIterable<Buffer>
}

/** The name that stands for standard input, among files and in what is reported. */
export const STDIN = '-'
