import { DatabaseSync } from '@photostructure/sqlite'
import { LedgerError, sqliteError } from './errors'

const BUSY = 5

/**
 * Takes the lock of a ledger. It is one of SQLite on a file beside the ledger, so the system releases it however the
 * process ends, and others can read the ledger meanwhile.
 *
 * @param file the path of the ledger.
 * @returns what releases the lock.
 * @throws LedgerError if another run has it.
 */
export function lock(file: string): () => void {
  const path = `${file}.lock`
  try {
    const database = new DatabaseSync(path)
    try {
      database.exec('BEGIN EXCLUSIVE')
    } catch (error) {
      database.close()
      throw error
    }
    return () => database.close()
  } catch (error) {
    if ((error as { sqliteCode?: number }).sqliteCode !== BUSY) throw sqliteError(path, error)
    throw new LedgerError('wait', `Another run is using the ledger ${file}.`)
  }
}
