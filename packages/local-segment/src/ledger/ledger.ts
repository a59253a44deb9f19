import { randomUUID } from 'node:crypto'
import { closeSync, mkdirSync, openSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { DatabaseSync, type DatabaseSyncInstance, type StatementSyncInstance } from '@photostructure/sqlite'
import { type Archive } from '../archive'
import { addCounts, COUNT_NAMES, type Counts, noCounts } from '../counts'
import type { Block } from '../delivery/blocks'
import { DistinctTexts, textKey } from '../distinct'
import { errorMessage } from '../errors'
import { LedgerError, sqliteError } from './errors'
import type { LedgerIdentity } from './identity'
import { lock } from './lock'
import { APPLICATION_ID, SCHEMA, VERSION } from './schema'

/** How far an archive is delivered, and what became of its calls. */
export interface ArchiveProgress extends Counts {
  /** An absolute path, or an address in S3. */
  name: string
  /** Bytes, as stored. */
  size: number
  version: string
  /** Entries that have an outcome. */
  done: number
  /** Entries that may have been sent. */
  sentUpTo: number
  isComplete: boolean
}

/** What was delivered of an archive on another machine. */
export interface Delivery extends Pick<ArchiveProgress, 'name' | 'version' | 'done' | 'isComplete'> {
  start: number
  counts: Counts
  /** Accepted events by action. */
  actions: Record<string, number>
}

/** What a ledger knows. */
export interface LedgerStatus extends LedgerIdentity {
  file: string
  archives: ArchiveProgress[]
  deadLetters: { file: string; bytes: number }[]
}

/** An archive that can be read again, and so has a place in a ledger. */
export const isRepeatable = ({ size, version }: Archive): boolean => size !== undefined && version !== undefined

/** The name of an archive in a ledger: the same from whichever folder the command runs. */
export const ledgerKey = ({ name }: Pick<Archive, 'name'>): string => (/^\w+:\/\//.test(name) ? name : resolve(name))

/**
 * Knows how far each archive is delivered to one account, in one SQLite file that survives the end of the process at any
 * moment. It has no token in it, and only its user may read it.
 */
export class Ledger {
  /** Marks what this ledger writes elsewhere. */
  readonly id: string
  private readonly begin: StatementSyncInstance
  private readonly end: StatementSyncInstance
  private readonly rollBack: StatementSyncInstance
  private readonly setSentUpTo: StatementSyncInstance
  private readonly addProgress: StatementSyncInstance
  private readonly addAccepted: StatementSyncInstance
  private readonly addDelivered: StatementSyncInstance
  private readonly setDeadLetters: StatementSyncInstance

  private constructor(
    readonly file: string,
    private readonly database: DatabaseSyncInstance,
    private readonly release: () => void
  ) {
    this.id = (database.prepare('SELECT id FROM ledger').get() as { id: string }).id
    this.begin = database.prepare('BEGIN IMMEDIATE')
    this.end = database.prepare('COMMIT')
    this.rollBack = database.prepare('ROLLBACK')
    this.setSentUpTo = database.prepare('UPDATE archives SET sentUpTo = max(sentUpTo, ?) WHERE name = ?')
    const sums = COUNT_NAMES.map((name) => `${name} = ${name} + ?`).join(', ')
    this.addProgress = database.prepare(`UPDATE archives SET done = ?, isComplete = ?, ${sums} WHERE name = ?`)
    this.addAccepted = database.prepare(
      'INSERT INTO actions VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET accepted = accepted + excluded.accepted'
    )
    this.addDelivered = database.prepare('INSERT INTO delivered VALUES (?, ?)')
    this.setDeadLetters = database.prepare(
      'INSERT INTO deadLetters VALUES (?, ?) ON CONFLICT DO UPDATE SET bytes = excluded.bytes'
    )
  }

  /**
   * Opens a ledger, or makes one. Nobody else can open it until it is closed, or the process ends.
   *
   * @param path where it is.
   * @param identity what it must belong to.
   * @param mayChange whether the definition and its mappings may be others than before, because everything is sent again.
   * @throws LedgerError if it belongs to something else, is used by another run, or cannot be used at all.
   */
  static open(path: string, identity: LedgerIdentity, mayChange = false): Ledger {
    const file = resolve(path)
    try {
      mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
      // SQLite gives its other files the mode of this one.
      closeSync(openSync(file, 'a', 0o600))
    } catch (error) {
      throw new LedgerError('storage', `The ledger ${file} cannot be used: ${errorMessage(error)}.`)
    }
    const release = lock(file)
    try {
      const database = openDatabase(file)
      const known = identityIn(database)
      if (known === undefined) create(database, identity)
      else assertSame(file, known, identity, mayChange)
      database.prepare('UPDATE ledger SET definition = ?').run(identity.definition)
      return new Ledger(file, database, release)
    } catch (error) {
      release()
      throw sqliteError(file, error)
    }
  }

  /**
   * Reads a ledger, also while a run is using it.
   *
   * @throws LedgerError if there is none, or none that can be read.
   */
  static read(path: string): LedgerStatus {
    const file = resolve(path)
    try {
      const database = new DatabaseSync(file, { readOnly: true })
      try {
        assertVersion(file, database)
        const identity = identityIn(database)
        if (!identity) throw new LedgerError('other-ledger', `${file} is no ledger.`)
        const deadLetters = database.prepare('SELECT file, bytes FROM deadLetters ORDER BY file').all()
        return {
          file,
          ...identity,
          archives: archivesIn(database),
          deadLetters: deadLetters as LedgerStatus['deadLetters']
        }
      } finally {
        database.close()
      }
    } catch (error) {
      throw sqliteError(file, error)
    }
  }

  /**
   * Enters archives, and finds out how far they are delivered.
   *
   * @param again whether they are to be sent from their beginning, whatever was delivered.
   * @throws LedgerError if one of them has changed since it was delivered, in whole or in part.
   */
  enter(archives: Archive[], again = false): Map<Archive, ArchiveProgress> {
    const known = new Map(archivesIn(this.database).map((progress) => [progress.name, progress]))
    const forget = ['archives WHERE name', 'actions WHERE archive', 'delivered WHERE archive'].map((rows) =>
      this.database.prepare(`DELETE FROM ${rows} = ?`)
    )
    const insert = this.database.prepare('INSERT INTO archives (name, size, version) VALUES (?, ?, ?)')
    return this.transaction(() => {
      const entered = new Map<Archive, ArchiveProgress>()
      for (const archive of archives) {
        const { size = 0, version = '' } = archive
        const name = ledgerKey(archive)
        const progress = known.get(name)
        const isStarted = progress !== undefined && progress.sentUpTo > 0
        const isSame = progress?.size === size && progress.version === version
        if (isStarted && !isSame && !again) {
          throw new LedgerError('send-again', `${archive.name} has changed since it was delivered.`)
        }
        if (progress && isSame && !again) {
          entered.set(archive, progress)
          continue
        }
        if (progress) for (const statement of forget) statement.run(name)
        insert.run(name, size, version)
        entered.set(archive, { ...noCounts(), name, size, version, done: 0, sentUpTo: 0, isComplete: false })
      }
      return entered
    })
  }

  /** How long a file of dead letters was when this ledger was written last; undefined if it does not know the file. */
  lengthOf(deadLetters: string): number | undefined {
    const row: unknown = this.database.prepare('SELECT bytes FROM deadLetters WHERE file = ?').get(deadLetters)
    return (row as { bytes: number } | undefined)?.bytes
  }

  /** Writes down that any entry of an archive may be sent from now on, by others. */
  startAll(names: string[]): void {
    this.transaction(() => {
      for (const name of names) this.setSentUpTo.run(Number.MAX_SAFE_INTEGER, name)
    })
  }

  /**
   * Writes down what others have delivered of an archive.
   *
   * @param start how many entries were done before.
   * @returns whether it was written: it is not if the archive is another one by now, or is done up to elsewhere.
   */
  note({ name, version, start, done, isComplete, counts, actions }: Delivery): boolean {
    const isNext = this.database.prepare(
      'SELECT 1 FROM archives WHERE name = ? AND version = ? AND done = ? AND isComplete = 0'
    )
    return this.transaction(() => {
      if (!isNext.get(name, version, start)) return false
      this.addProgress.run(done, Number(isComplete), ...COUNT_NAMES.map((count) => counts[count]), name)
      for (const [action, accepted] of Object.entries(actions)) this.addAccepted.run(name, action, accepted)
      return true
    })
  }

  /** Writes down that the entries of a block are about to be sent. */
  start({ archive, end }: Block): void {
    if (isRepeatable(archive.archive)) {
      this.transaction(() => this.setSentUpTo.run(end, ledgerKey(archive.archive)))
    }
  }

  /** Writes down what became of blocks, and how long the file of dead letters is now, at once or not at all. */
  settle(blocks: Block[], deadLetters?: { file: string; length: number }): void {
    this.transaction(() => {
      for (const { archive, end, isLast, counts, actions, delivered } of blocks) {
        if (!isRepeatable(archive.archive)) continue
        const name = ledgerKey(archive.archive)
        this.addProgress.run(end, Number(isLast), ...COUNT_NAMES.map((count) => counts[count]), name)
        for (const [action, accepted] of Object.entries(actions)) this.addAccepted.run(name, action, accepted)
        if (delivered.length > 0) this.addDelivered.run(name, keysOf(delivered))
      }
      if (deadLetters) this.setDeadLetters.run(deadLetters.file, deadLetters.length)
    })
  }

  /** The events that were delivered, as far as their names fit into memory: the latest ones. */
  delivered(): DistinctTexts {
    const events = new DistinctTexts()
    const rows = this.database.prepare('SELECT keys FROM delivered ORDER BY rowid DESC').iterate()
    for (const row of rows) {
      const { keys } = row as { keys: Uint8Array }
      // A copy, because numbers must be aligned in memory.
      for (const key of new Float64Array(keys.slice().buffer)) events.addKey(key)
      if (events.isFull) break
    }
    return events
  }

  /** What became of the calls of these archives in all runs. */
  totals(archives: Archive[]): Counts {
    const names = new Set(archives.filter(isRepeatable).map(ledgerKey))
    return archivesIn(this.database)
      .filter(({ name }) => names.has(name))
      .reduce<Counts>(addCounts, noCounts())
  }

  close(): void {
    this.database.close()
    this.release()
  }

  private transaction<T>(write: () => T): T {
    try {
      this.begin.run()
      const result = write()
      this.end.run()
      return result
    } catch (error) {
      try {
        this.rollBack.run()
      } catch {
        // SQLite has rolled back by itself.
      }
      throw sqliteError(this.file, error)
    }
  }
}

function openDatabase(file: string): DatabaseSyncInstance {
  const database = new DatabaseSync(file)
  assertVersion(file, database)
  // What a transaction wrote survives the end of the process. When the machine itself fails, the latest transactions may
  // be missing as a whole: then some calls are sent once more, and are duplicates.
  database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL')
  return database
}

const keysOf = (names: string[]): Uint8Array => new Uint8Array(Float64Array.from(names, textKey).buffer)

const pragma = (database: DatabaseSyncInstance, name: string): unknown =>
  Object.values(database.prepare(`PRAGMA ${name}`).get() as object)[0]

function assertVersion(file: string, database: DatabaseSyncInstance): void {
  const version = pragma(database, 'user_version')
  const application = pragma(database, 'application_id')
  const isEmpty = pragma(database, 'schema_version') === 0
  if (isEmpty) return
  if (application !== APPLICATION_ID) throw new LedgerError('other-ledger', `${file} is a database, and no ledger.`)
  if (version !== VERSION) {
    const message = `The ledger ${file} is of version ${String(version)}, and this program knows version ${VERSION}.`
    throw new LedgerError('other-ledger', message)
  }
}

function create(database: DatabaseSyncInstance, { address, account, run, definition, filters }: LedgerIdentity): void {
  database.exec(`BEGIN; ${SCHEMA}`)
  const insert = database.prepare('INSERT INTO ledger VALUES (?, ?, ?, ?, ?, ?)')
  insert.run(randomUUID().slice(0, 8), address, account, run ?? null, definition, filters)
  database.exec('COMMIT')
}

function identityIn(database: DatabaseSyncInstance): LedgerIdentity | undefined {
  if (pragma(database, 'schema_version') === 0) return undefined
  const row: unknown = database.prepare('SELECT address, account, run, definition, filters FROM ledger').get()
  const { run, ...identity } = row as LedgerIdentity & { run: string | null }
  return { ...identity, run: run ?? undefined }
}

function archivesIn(database: DatabaseSyncInstance): ArchiveProgress[] {
  const rows = database.prepare('SELECT * FROM archives ORDER BY name').all() as unknown as ArchiveProgress[]
  return rows.map((row) => ({ ...row, isComplete: Boolean(row.isComplete) }))
}

function assertSame(file: string, known: LedgerIdentity, now: LedgerIdentity, mayChange: boolean): void {
  const isOther = (member: keyof LedgerIdentity) => known[member] !== now[member]
  const belongs = (to: string) => new LedgerError('other-ledger', `The ledger ${file} belongs to ${to}.`)
  if (isOther('address')) throw belongs(`another server, ${known.address}`)
  if (isOther('account')) throw belongs('another account')
  if (isOther('run')) throw belongs('another run of the sandbox')
  if (isOther('filters')) throw belongs(`other filters: ${known.filters || 'none'}`)
  if (isOther('definition') && !mayChange) {
    const message = `The destination or its mappings have changed since the ledger ${file} was made.`
    throw new LedgerError('send-again', message)
  }
}
