import { readdir } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import {
  type Archive,
  isRepeatable,
  Ledger,
  LedgerError,
  type LedgerIdentity,
  ledgerName,
  type LedgerRemedy,
  type ReplayStorage
} from '@tractionboard/local-segment'
import { CliError } from './errors'
import { stateFolder } from './state-folder'

export interface StorageOptions {
  /** The path of the ledger. */
  ledger?: string
  /** The path of the file of dead letters. */
  deadLetters?: string
  /** Whether what was delivered is sent again. */
  again?: true
}

const LEDGER = '.sqlite'

/** Where ledgers are that nobody named. */
const ledgerFolder = (): string => join(stateFolder(), 'replay')

/** The paths of the ledgers that nobody named, in the order of their names. */
export async function listLedgers(): Promise<string[]> {
  const files = await readdir(ledgerFolder()).catch(() => [])
  return files
    .filter((file) => file.endsWith(LEDGER))
    .sort()
    .map((file) => join(ledgerFolder(), file))
}

/**
 * Opens what a run writes down: a ledger, unless nothing that it reads can be read again, and a file of dead letters.
 *
 * @throws CliError if either cannot be used, with what to do.
 */
export function openStorage(
  archives: Archive[],
  identity: LedgerIdentity,
  { ledger, deadLetters, again }: StorageOptions
): ReplayStorage {
  const hasLedger = archives.some(isRepeatable)
  if (ledger !== undefined && !hasLedger) {
    throw new CliError('Standard input has no ledger, because it cannot be read again. Leave out --ledger.')
  }
  const name = join(ledgerFolder(), ledgerName(identity))
  const storage = {
    deadLetters: deadLetterPath(archives, hasLedger ? name : `${name}-standard-input`, deadLetters),
    sendAgain: again
  }
  if (!hasLedger) return storage
  return { ...storage, ledger: withRemedy(() => Ledger.open(ledger ?? `${name}${LEDGER}`, identity, again)) }
}

/** A run must not read what it writes. */
function deadLetterPath(archives: Archive[], name: string, chosen: string | undefined): string {
  const sources = new Set(archives.map((archive) => resolve(archive.name)))
  if (chosen !== undefined) {
    if (!sources.has(resolve(chosen))) return resolve(chosen)
    throw new CliError(
      `${chosen} is replayed, so its calls cannot be rejected into it. Name another with --dead-letters.`
    )
  }
  for (let number = 1; ; number += 1) {
    const path = `${name}.dead-letters${number === 1 ? '' : `-${number}`}.ndjson`
    if (!sources.has(path)) return path
  }
}

const REMEDIES: Record<LedgerRemedy, string> = {
  'other-ledger': 'Name another with --ledger.',
  'other-dead-letters': 'Name another with --dead-letters.',
  'send-again': 'Send it again from its beginning with --again: what was delivered is a duplicate then.',
  wait: 'Wait until it ends, or name another with --ledger.',
  storage: 'Nothing is lost: mend that, and run the same command again.'
}

/** As `withRemedy`, for what takes time. */
export async function withRemedyAsync<T>(use: () => Promise<T>): Promise<T> {
  try {
    return await use()
  } catch (error) {
    return withRemedy(() => {
      throw error
    })
  }
}

/** Does something with a ledger. Throws CliError instead of LedgerError, with what to do. */
export function withRemedy<T>(use: () => T): T {
  try {
    return use()
  } catch (error) {
    throw error instanceof LedgerError ? new CliError(`${error.message} ${REMEDIES[error.remedy]}`) : error
  }
}
