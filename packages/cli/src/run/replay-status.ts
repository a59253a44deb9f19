import { Ledger } from '@tractionboard/local-segment'
import { CliError } from '../errors'
import { listLedgers, withRemedy } from '../replay-storage'
import { describeLedger } from '../report/replay-status'
import { print } from '../terminal'
import { runQueueStatus } from './queue'

export interface StatusOptions {
  /** The path of a ledger. */
  ledger?: string
  json?: true
  /** The address of Redis. */
  queue?: string
}

/**
 * Prints what ledgers know.
 *
 * @throws CliError if there is none, or one cannot be read.
 */
export async function runReplayStatus({ ledger, json, queue }: StatusOptions): Promise<void> {
  if (queue !== undefined) return runQueueStatus(queue, json)
  const files = ledger === undefined ? await listLedgers() : [ledger]
  if (files.length === 0) throw new CliError('There is no ledger yet. `tractionboard replay` makes one.')
  const ledgers = files.map((file) => withRemedy(() => Ledger.read(file)))
  print(json ? JSON.stringify(ledgers, null, 2).split('\n') : ledgers.flatMap(describeLedger))
}
