import {
  closeSync,
  fstatSync,
  fsyncSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  readSync,
  rmSync,
  writeSync
} from 'node:fs'
import { dirname } from 'node:path'
import { deadLetterStart } from '../dead-letters'
import { errorMessage } from '../errors'
import { LedgerError } from './errors'

/** The file that dead letters are appended to. Only its user may read it: it has personal data in it. */
export class DeadLetterFile {
  private readonly descriptor: number
  /** How long the file is, in bytes. */
  length: number

  /**
   * Opens the file, or makes it.
   *
   * @param writer the ledger that writes to it.
   * @param recorded how long it was when the ledger was written last. What the ledger wrote after that is cut off: it is
   *   about calls that will be sent again.
   * @throws LedgerError if it cannot be opened, or if somebody else has written to it since.
   */
  constructor(
    readonly file: string,
    private readonly writer: string,
    recorded?: number
  ) {
    try {
      mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
      this.descriptor = openSync(file, 'a+', 0o600)
      const stats = fstatSync(this.descriptor)
      // A device has no end to cut.
      this.length = stats.isFile() ? stats.size : 0
      if (recorded !== undefined && stats.isFile() && recorded < this.length) this.cut(recorded)
    } catch (error) {
      throw this.failure('opened', error)
    }
  }

  /** Appends lines, and waits until they are on the disk. Throws LedgerError if they cannot be written. */
  append(lines: string[]): void {
    if (lines.length === 0) return
    const bytes = Buffer.from(lines.join(''))
    try {
      for (let start = 0; start < bytes.length; start += writeSync(this.descriptor, bytes, start));
      fsyncSync(this.descriptor)
    } catch (error) {
      throw this.failure('written', error)
    }
    this.length += bytes.length
  }

  /** Closes the file, and removes it if nothing is in it. */
  close(): void {
    const isEmptyFile = this.length === 0 && fstatSync(this.descriptor).isFile()
    closeSync(this.descriptor)
    if (isEmptyFile) rmSync(this.file, { force: true })
  }

  private cut(recorded: number): void {
    const tail = Buffer.alloc(this.length - recorded)
    readSync(this.descriptor, tail, 0, tail.length, recorded)
    const start = deadLetterStart(this.writer)
    const lines = tail.toString().split('\n')
    const isOwn = lines.every((line) => line.startsWith(start) || start.startsWith(line))
    if (!isOwn) throw new LedgerError('other-dead-letters', `${this.file} was written to by something else.`)
    ftruncateSync(this.descriptor, recorded)
    this.length = recorded
  }

  private failure(done: string, error: unknown): LedgerError {
    if (error instanceof LedgerError) return error
    return new LedgerError('storage', `The dead letters cannot be ${done}: ${this.file}: ${errorMessage(error)}.`)
  }
}
