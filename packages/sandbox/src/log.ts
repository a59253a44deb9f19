import type { JournalEntry } from './journal'

/** Takes what happens while a sandbox runs. */
export interface Log {
  /** A request to the contract's endpoints that is over. */
  request(entry: JournalEntry): void
  /** An error that nobody expected: a mistake in the sandbox. */
  error(error: unknown): void
}
