import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { DatabaseSync } from '@photostructure/sqlite'
import { type DestinationDefinition, MultiStatusResponse } from '@segment/actions-core'
import { SILENT } from '@tractionboard/testing/silent-progress'
import { testFolder } from '@tractionboard/testing/test-folder'
import type { Archive } from '../archive'
import { noCounts } from '../counts'
import { newBlock } from '../delivery/blocks'
import { ledgerIdentity, type LedgerIdentity } from '../ledger/identity'
import { Ledger } from '../ledger/ledger'
import { RunStorage } from '../ledger/run-storage'
import { replay, type ReplayOptions } from '../replay'
import { mappingsOf } from '../router'
import { listArchives } from '../sources'

const TOKEN = 'a-secret-token'

let folder: ReturnType<typeof testFolder>
beforeEach(() => {
  folder = testFolder()
})
afterEach(() => folder.remove())

/** A destination that keeps ids, and discards the id `bad`. It ends the run from outside before so many batches. */
function keeper({ interruptAt, controller }: { interruptAt?: number; controller?: AbortController } = {}) {
  const kept: string[] = []
  let batches = 0
  const definition: DestinationDefinition<object> = {
    name: 'Keeper',
    mode: 'cloud',
    actions: {
      keep: {
        title: 'Keep',
        description: 'Keeps ids.',
        fields: { id: { label: 'ID', description: 'An id.', type: 'string', required: true } },
        perform: () => undefined,
        performBatch: (_, { payload }) => {
          kept.push(...(payload as { id: string }[]).map(({ id }) => id))
          if ((batches += 1) === interruptAt) controller?.abort()
        }
      }
    },
    presets: [
      {
        name: 'All',
        type: 'automatic',
        partnerAction: 'keep',
        subscribe: 'type = "track"',
        mapping: { id: { '@path': '$.id' } }
      }
    ]
  }
  return { definition, kept }
}

function duplicates(count: number): MultiStatusResponse {
  const response = new MultiStatusResponse()
  for (let index = 0; index < count; index += 1) {
    response.pushSuccessResponse({ status: 200, sent: {}, body: { status: 'duplicate' } })
  }
  return response
}

function ledgerId(): string {
  const database = new DatabaseSync(ledgerPath(), { readOnly: true })
  const { id } = database.prepare('SELECT id FROM ledger').get() as { id: string }
  database.close()
  return id
}

const archive = (ids: (string | undefined)[], name = 'calls.json') =>
  folder.write(name, ids.map((id) => JSON.stringify({ type: 'track', messageId: id, id })).join('\n'))

const many = (count: number) => Array.from({ length: count }, (_, index) => `m-${index}`)

const identityOf = (
  { definition }: ReturnType<typeof keeper>,
  place: Partial<Pick<LedgerIdentity, 'address' | 'run' | 'filters'>> = {},
  token = TOKEN
) =>
  ledgerIdentity(
    { address: 'https://api.example', filters: '', ...place },
    { tokenId: token },
    definition,
    mappingsOf(definition)
  )

const ledgerPath = () => folder.path('ledger.sqlite')
const deadLetterPath = () => folder.path('dead.ndjson')

function run(
  target: ReturnType<typeof keeper>,
  files: string[],
  { again, ...options }: ReplayOptions & { again?: boolean } = {}
) {
  return replay(target.definition, {}, files, SILENT, {
    openStorage: () =>
      Promise.resolve({
        ledger: Ledger.open(ledgerPath(), identityOf(target), again),
        deadLetters: deadLetterPath(),
        sendAgain: again
      }),
    ...options
  })
}

describe('A ledger', () => {
  it('lets a run go on where the last one ended, and adds up over the runs', async () => {
    const ids = many(60_000)
    const file = archive(ids)
    const controller = new AbortController()
    const first = keeper({ interruptAt: 3, controller })
    const interrupted = await run(first, [file], { signal: controller.signal })
    expect(interrupted.stopped).toMatchObject({ kind: 'interrupted' })
    expect(first.kept.length).toBeLessThan(ids.length)

    const second = keeper()
    const report = await run(second, [file])
    expect([...first.kept, ...second.kept].sort()).toEqual([...ids].sort())
    expect(report.read).toBe(second.kept.length)
    expect(report.ledger?.totals).toMatchObject({ read: 60_000, accepted: 60_000, duplicates: 0, rejected: 0 })
  })

  it('tells a call that an earlier run has sent from one that repeats a delivered call', async () => {
    const target = keeper()
    const file = archive(['a', 'a', 'b'])
    const listed = (await listArchives([file]).next()).value as Archive
    const ledger = Ledger.open(ledgerPath(), identityOf(target))
    ledger.enter([listed])
    const open = { archive: listed, sentUpTo: 0 }
    const entries = [{ file, line: 1, problem: '' }]
    const delivered = newBlock(open, 0, entries, false)
    delivered.delivered.push('keep a')
    ledger.start(delivered)
    ledger.settle([delivered])
    // The run is killed before the outcomes of these are written down.
    ledger.start(newBlock(open, 1, [...entries, ...entries], true))
    ledger.close()

    target.definition.actions.keep.performBatch = (_, { payload }) => duplicates((payload as unknown[]).length)
    expect(await run(target, [file])).toMatchObject({ read: 2, accepted: 1, duplicates: 1 })
  })

  it('cuts off the dead letters of a run that was killed before it wrote down anything', async () => {
    const file = archive([undefined])
    const target = keeper()
    const listed = (await listArchives([file]).next()).value as Archive
    const killed = new RunStorage([listed], {
      ledger: Ledger.open(ledgerPath(), identityOf(target)),
      deadLetters: deadLetterPath()
    })
    const block = newBlock({ archive: listed, sentUpTo: 0 }, 0, [], true)
    killed.start(block)
    killed.close()
    writeFileSync(deadLetterPath(), `${JSON.stringify({ deadLetter: ledgerId(), file, line: 1 })}\n`)

    await run(target, [file])
    expect(readFileSync(deadLetterPath(), 'utf8').trim().split('\n')).toHaveLength(1)
  })

  it('writes down once what another machine has delivered of an archive', async () => {
    const file = archive(many(3))
    const target = keeper()
    const listed = (await listArchives([file]).next()).value as Archive
    const ledger = Ledger.open(ledgerPath(), identityOf(target))
    ledger.enter([listed])
    const counts = { ...noCounts(), read: 2, accepted: 2 }
    const delivery = { name: file, version: listed.version ?? '', start: 0, done: 2, counts, actions: { keep: 2 } }
    expect(ledger.note({ ...delivery, isComplete: false, version: 'another' })).toBe(false)
    expect([1, 2].map(() => ledger.note({ ...delivery, isComplete: false }))).toEqual([true, false])
    ledger.close()
    const report = await run(target, [file])
    expect(target.kept).toEqual(['m-2'])
    expect(report.ledger?.totals).toMatchObject({ read: 3, accepted: 3 })
  })

  it('sends nothing of what is delivered, and everything again when that is asked for', async () => {
    const file = archive(many(10))
    await run(keeper(), [file])
    const second = keeper()
    expect(await run(second, [file])).toMatchObject({ read: 0, archives: { listed: 1, deliveredBefore: 1 } })
    expect(second.kept).toEqual([])
    const third = keeper()
    expect(await run(third, [file], { again: true })).toMatchObject({ read: 10, accepted: 10 })
    expect(third.kept).toEqual(many(10))
  })

  it('refuses an archive that has changed since a part of it was delivered', async () => {
    await run(keeper(), [archive(many(10))])
    await expect(run(keeper(), [archive(many(11))])).rejects.toMatchObject({
      remedy: 'send-again',
      message: expect.stringMatching(/calls\.json has changed since it was delivered\.$/) as string
    })
  })

  it('has no token in it, and is for its user alone', async () => {
    await run(keeper(), [archive(many(10))])
    const files = readdirSync(folder.path('.')).filter((name) => name.startsWith('ledger'))
    for (const file of files) expect(readFileSync(folder.path(file)).includes(TOKEN)).toBe(false)
    expect(statSync(ledgerPath()).mode & 0o777).toBe(0o600)
  })

  it('can be used by one run at a time, and read meanwhile', () => {
    const target = keeper()
    const ledger = Ledger.open(ledgerPath(), identityOf(target))
    expect(() => Ledger.open(ledgerPath(), identityOf(target))).toThrow(/^Another run is using the ledger .*\.$/)
    expect(Ledger.read(ledgerPath())).toMatchObject({ address: 'https://api.example', archives: [] })
    ledger.close()
    Ledger.open(ledgerPath(), identityOf(target)).close()
  })

  it.each<[string, (target: ReturnType<typeof keeper>) => LedgerIdentity, RegExp]>([
    [
      'another server',
      (target) => identityOf(target, { address: 'https://other.example' }),
      /belongs to another server, https:\/\/api\.example\.$/
    ],
    ['another account', (target) => identityOf(target, {}, 'another-token'), /belongs to another account\.$/],
    [
      'another run of a sandbox',
      (target) => identityOf(target, { run: 'another' }),
      /belongs to another run of the sandbox\.$/
    ],
    ['other filters', (target) => identityOf(target, { filters: '--from 2026' }), /belongs to other filters: none\.$/],
    [
      'a changed definition',
      (target) => ({ ...identityOf(target), definition: 'changed' }),
      /^The destination or its mappings have changed since the ledger .* was made\.$/
    ]
  ])('is refused for %s', (_what, identity, message) => {
    const target = keeper()
    Ledger.open(ledgerPath(), identityOf(target)).close()
    expect(() => Ledger.open(ledgerPath(), identity(target))).toThrow(message)
  })

  it.each<[string, () => void, RegExp]>([
    ['is no database', () => writeFileSync(ledgerPath(), 'x'.repeat(5000)), /cannot be used: it is no ledger\.$/],
    [
      'is another database',
      () => withDatabase((database) => database.exec('CREATE TABLE t (a)')),
      /is a database, and no ledger\.$/
    ],
    [
      'is of another version',
      () => {
        Ledger.open(ledgerPath(), identityOf(keeper())).close()
        withDatabase((database) => database.exec('PRAGMA user_version = 99'))
      },
      /is of version 99, and this program knows version 2\.$/
    ]
  ])('is refused if the file %s', (_what, write, message) => {
    write()
    expect(() => Ledger.open(ledgerPath(), identityOf(keeper()))).toThrow(message)
  })

  it('cannot be in a place that is a folder', () => {
    expect(() => Ledger.open(folder.path('.'), identityOf(keeper()))).toThrow(/^The ledger .* cannot be used: /)
  })
})

const withDatabase = (use: (database: InstanceType<typeof DatabaseSync>) => void) => {
  const database = new DatabaseSync(ledgerPath())
  use(database)
  database.close()
}

describe('Dead letters', () => {
  const lines = () => readFileSync(deadLetterPath(), 'utf8').trim().split('\n')

  it('have the call as it was and why it was rejected, and can be replayed', async () => {
    const report = await run(keeper(), [archive(['a', undefined, 'c'])])
    expect(report).toMatchObject({ accepted: 2, rejected: 1, deadLetters: deadLetterPath() })
    expect(lines().map((line) => JSON.parse(line) as object)).toEqual([
      expect.objectContaining({
        file: folder.path('calls.json'),
        line: 2,
        action: 'keep',
        reason: expect.stringContaining("missing the required field 'id'") as string,
        retriesExhausted: false,
        call: { type: 'track' }
      })
    ])

    const letters = folder.write('letters.ndjson', readFileSync(deadLetterPath(), 'utf8'))
    expect(await replay(keeper().definition, {}, [letters], SILENT)).toMatchObject({ read: 1, rejected: 1 })
  })

  it('leave no file if there are none', async () => {
    await run(keeper(), [archive(['a'])])
    expect(existsSync(deadLetterPath())).toBe(false)
  })

  it('are cut back to what the ledger knows, so that none is there twice', async () => {
    await run(keeper(), [archive([undefined])])
    const [known] = lines()
    writeFileSync(deadLetterPath(), `${known}\n${known}\n`)
    await run(keeper(), [archive(['a'], 'more.json')])
    expect(lines()).toEqual([known])
  })

  it('are not touched if something else wrote to the file', async () => {
    await run(keeper(), [archive([undefined])])
    writeFileSync(deadLetterPath(), 'something else\n', { flag: 'a' })
    await expect(run(keeper(), [archive(['a'], 'more.json')])).rejects.toMatchObject({ remedy: 'other-dead-letters' })
    expect(lines()).toHaveLength(2)
  })
})

// Linux has a file that is always full.
const describeIfLinux = existsSync('/dev/full') ? describe : describe.skip

describeIfLinux('A full disk', () => {
  it('ends the run, and nothing is lost', async () => {
    const target = keeper()
    const file = archive(['a', undefined])
    const openStorage = () =>
      Promise.resolve({ ledger: Ledger.open(ledgerPath(), identityOf(target)), deadLetters: '/dev/full' })
    const report = await run(target, [file], { openStorage })
    expect(report.stopped).toMatchObject({ kind: 'storage' })
    expect(report.stopped?.message).toMatch(/^The dead letters cannot be written: \/dev\/full: .*no space left.*\.$/)

    const again = await run(keeper(), [file])
    expect(again.ledger?.totals).toMatchObject({ read: 2, accepted: 1, rejected: 1 })
    expect(readFileSync(deadLetterPath(), 'utf8').trim().split('\n')).toHaveLength(1)
  })
})
