import { LocalSegmentError } from '../errors'

/**
 * What helps against an error of the ledger:
 * - `other-ledger`, `other-dead-letters`: another file for it;
 * - `send-again`: sending the archives again from their beginning;
 * - `wait`: waiting until the other run ends;
 * - `storage`: room, or the right to write.
 */
export type LedgerRemedy = 'other-ledger' | 'other-dead-letters' | 'send-again' | 'wait' | 'storage'

/** The ledger or the dead letters cannot be used. Nothing is lost by it. */
export class LedgerError extends LocalSegmentError {
  override readonly name = 'LedgerError'

  constructor(
    readonly remedy: LedgerRemedy,
    message: string
  ) {
    super(message)
  }
}

/** Result codes of SQLite, in plain words. See https://www.sqlite.org/rescode.html. */
const SQLITE_MESSAGES: Record<number, string> = {
  5: 'another process is using it',
  8: 'this user may not write it',
  10: 'the disk cannot be read or written',
  11: 'it is damaged',
  13: 'the disk is full',
  14: 'this user may not read or write it, or its folder does not exist',
  26: 'it is no ledger'
}

/** The error for something that SQLite threw. */
export function sqliteError(file: string, error: unknown): LedgerError {
  if (error instanceof LedgerError) return error
  const { sqliteCode, message } = error as { sqliteCode?: number; message: string }
  const isOther = sqliteCode === 11 || sqliteCode === 26
  const reason = SQLITE_MESSAGES[sqliteCode ?? 0] ?? message
  return new LedgerError(isOther ? 'other-ledger' : 'storage', `The ledger ${file} cannot be used: ${reason}.`)
}
