/** Something that a person can mend: the command says this sentence, without a stack, and ends with 1. */
export class Failure extends Error {
  override readonly name = 'Failure'
}

/** What people call the system's most common errors. */
const IN_WORDS: Record<string, string> = {
  ENOENT: 'there is no such file',
  EACCES: 'this user may not read or write it',
  EISDIR: 'it is a folder',
  Z_BUF_ERROR: 'it ends too early',
  Z_DATA_ERROR: 'it is damaged'
}

/** What went wrong, in one line: the message of an error, with the code of the system's error if it has no message. */
export function reasonOf(error: unknown): string {
  const { message, code } = error as { message?: string; code?: string }
  return (IN_WORDS[code ?? ''] ?? (message || code || String(error))).split('\n')[0]
}
