/** A problem that a person can fix. Its message is one sentence that can be shown as it is. */
export class LocalSegmentError extends Error {
  override readonly name: string = 'LocalSegmentError'
}

/** A file that cannot be read, or not to its end. */
export class ReadError extends LocalSegmentError {
  override readonly name = 'ReadError'
}

/** Plain words for the most common error codes of Node.js and zlib. */
const ERRNO_MESSAGES: Record<string, string> = {
  ENOENT: 'there is no such file',
  EACCES: 'this user may not read or write it',
  EISDIR: 'it is a folder',
  ENOTDIR: 'a part of its path is a file',
  Z_BUF_ERROR: 'it ends too early',
  Z_DATA_ERROR: 'it is damaged'
}

/**
 * One line that says what went wrong.
 *
 * @param error anything that was thrown.
 * @returns plain words for a known error code, else the first line of the message, else the code.
 */
export function errorMessage(error: unknown): string {
  const { message, code } = error as { message?: string; code?: string }
  return (ERRNO_MESSAGES[code ?? ''] ?? (message || code || String(error))).split('\n')[0]
}
