import { LocalSegmentError } from '../errors'

/**
 * Why a run ended before all was sent:
 * - `interrupted`: the caller asked for it;
 * - `unauthorized`: the server refuses the account;
 * - `unreachable`: the server did not answer for too long;
 * - `storage`: the ledger or the dead letters cannot be written.
 */
export type StopKind = 'interrupted' | 'unauthorized' | 'unreachable' | 'storage'

/** Ends a run. What is not delivered yet is neither rejected nor lost: another run sends it. */
export class Stop extends LocalSegmentError {
  override readonly name = 'Stop'

  constructor(
    readonly kind: StopKind,
    message: string
  ) {
    super(message)
  }
}
