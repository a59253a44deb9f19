/** Something that a person can mend: the command says this sentence, without a stack, and ends with 1. */
export class Failure extends Error {
  override readonly name = 'Failure'
}

/** What went wrong, in one line: the message of an error, with the code of the system's error if it has no message. */
export function reasonOf(error: unknown): string {
  const { message, code } = error as { message?: string; code?: string }
  return (message || code || String(error)).split('\n')[0]
}
