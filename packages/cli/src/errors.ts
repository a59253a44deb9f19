import { LocalSegmentError } from '@tractionboard/local-segment'

/** A problem that a person can fix. The command prints its message, without a stack, and exits with 1. */
export class CliError extends Error {
  override readonly name = 'CliError'
}

/** Whether the message of an error is all that a person needs to read. */
export const isExpected = (error: unknown): error is Error =>
  error instanceof CliError || error instanceof LocalSegmentError
