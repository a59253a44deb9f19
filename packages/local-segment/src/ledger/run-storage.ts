import type { Archive } from '../archive'
import type { Block } from '../delivery/blocks'
import { Stop } from '../delivery/stop'
import { formatDeadLetter } from '../dead-letters'
import type { DistinctTexts } from '../distinct'
import type { ReplayReport } from '../report'
import { DeadLetterFile } from './dead-letter-file'
import { LedgerError } from './errors'
import { type ArchiveProgress, isRepeatable, type Ledger, ledgerKey } from './ledger'

/** Where a run writes down how far it got, and what was rejected. */
export interface ReplayStorage {
  /** Is closed at the end of the run. */
  ledger?: Ledger
  /** Whether the archives are sent from their beginning, whatever the ledger says. */
  sendAgain?: boolean
  /** How far the archives are delivered and may have been sent, if there is no ledger that knows it. */
  position?: Pick<ArchiveProgress, 'done' | 'sentUpTo'>
  /** The path of the file of dead letters. */
  deadLetters?: string
}

const NOT_STARTED = { done: 0, sentUpTo: 0, isComplete: false }

/** Who writes dead letters when there is no ledger. */
const NO_LEDGER = 'none'

/** The ledger and the dead letters of one run, either of which may be missing. */
export class RunStorage {
  private readonly ledger?: Ledger
  private readonly deadLetters?: DeadLetterFile
  private readonly position: typeof NOT_STARTED
  private readonly entered: Map<Archive, ArchiveProgress>

  /** Throws LedgerError if the storage cannot be used for these archives. */
  constructor(
    private readonly archives: Archive[],
    { ledger, sendAgain, position, deadLetters }: ReplayStorage = {}
  ) {
    this.ledger = ledger
    this.position = { ...NOT_STARTED, ...position }
    try {
      this.entered = ledger?.enter(archives.filter(isRepeatable), sendAgain) ?? new Map<Archive, ArchiveProgress>()
      if (deadLetters !== undefined) {
        this.deadLetters = new DeadLetterFile(deadLetters, ledger?.id ?? NO_LEDGER, ledger?.lengthOf(deadLetters))
        // From now on, what is appended to the file and not written down in the ledger can be told.
        ledger?.settle([], this.deadLetters)
      }
    } catch (error) {
      ledger?.close()
      throw error
    }
  }

  progressOf(archive: Archive): Pick<ArchiveProgress, 'done' | 'sentUpTo' | 'isComplete'> {
    return this.entered.get(archive) ?? this.position
  }

  /** Reads the names of the events that are written down as delivered. Undefined if there is no ledger. */
  get readDelivered(): (() => DistinctTexts) | undefined {
    const { ledger } = this
    return ledger && (() => ledger.delivered())
  }

  /** Writes down that a block is about to be sent. Throws Stop if that cannot be written. */
  start(block: Block): void {
    stopIfFull(() => this.ledger?.start(block))
  }

  /**
   * Writes down what became of blocks: first the dead letters, so that none is missing, and then the rest at once. What
   * was written of a block that the ledger does not have is cut off when the ledger is opened again.
   *
   * @throws Stop if that cannot be written.
   */
  settle(blocks: Block[]): void {
    const writer = this.ledger?.id ?? NO_LEDGER
    stopIfFull(() => {
      for (const { deadLetters } of blocks) deadLetters.sort((a, b) => a.offset - b.offset)
      const letters = blocks.flatMap(({ deadLetters }) => deadLetters)
      this.deadLetters?.append(
        letters.map((letter) => formatDeadLetter({ ...letter, file: ledgerKey({ name: letter.file }) }, writer))
      )
      this.ledger?.settle(blocks, this.deadLetters)
    })
  }

  /** Adds to a report what is written down. */
  describe(report: ReplayReport): void {
    const { ledger, deadLetters, archives } = this
    if (ledger) report.ledger = { file: ledger.file, totals: ledger.totals(archives) }
    if (deadLetters && deadLetters.length > 0) report.deadLetters = deadLetters.file
    report.isUnrepeatable = archives.some((archive) => !isRepeatable(archive))
  }

  close(): void {
    this.deadLetters?.close()
    this.ledger?.close()
  }
}

function stopIfFull(write: () => void): void {
  try {
    write()
  } catch (error) {
    throw error instanceof LedgerError ? new Stop('storage', error.message) : error
  }
}
