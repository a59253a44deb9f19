/** A problem that a person can fix. The command prints its message, without a stack, and exits with a code. */
export class CliError extends Error {
  override readonly name = 'CliError'

  constructor(
    message: string,
    readonly exitCode = 1
  ) {
    super(message)
  }
}

/** Whether the message of an error is all that a person needs to read. */
export function isExpected(error: unknown): error is Error {
  if (error instanceof CliError) return true
  // Loaded only here, because it brings actions-core, and `--help` should not wait for that.
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  const { LocalSegmentError } = require('@tractionboard/local-segment') as typeof import('@tractionboard/local-segment')
  return error instanceof LocalSegmentError
}
