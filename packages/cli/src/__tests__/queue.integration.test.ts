import { rmSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import destination from '@tractionboard/destination'
import {
  type Archive,
  fillQueue,
  Ledger,
  ledgerIdentity,
  listArchives,
  mappingsOf,
  queueStatus,
  type ReplayReport,
  withBaseUrl,
  workOnQueue
} from '@tractionboard/local-segment'
import { type Sandbox, startSandbox } from '@tractionboard/sandbox'
import { isRedisInstalled, startRedis, type TestRedis } from '@tractionboard/testing/redis'
import { tractionboard } from '@tractionboard/testing/run-command'
import { SILENT } from '@tractionboard/testing/silent-progress'
import { type TestFolder, testFolder } from '@tractionboard/testing/test-folder'

const describeWithRedis = isRedisInstalled() ? describe : describe.skip

const CALLS = 30
const FILES = ['a.json', 'b.json', 'c.json']

describeWithRedis('A queue (left out where redis-server is missing)', () => {
  let redis: TestRedis
  let sandbox: Sandbox
  let folder: TestFolder

  beforeAll(async () => {
    redis = await startRedis()
    sandbox = await startSandbox()
  })
  beforeEach(async () => {
    await redis.lose()
    sandbox.reset()
    folder = testFolder()
    for (const file of FILES) folder.write(file, callsOf(file))
  })
  afterEach(() => folder.remove())
  afterAll(async () => {
    await redis.stop()
    await sandbox.close()
  })

  const callsOf = (file: string, count = CALLS) =>
    Array.from({ length: count }, (_, index) => payment(`${file}-${index}`)).join('\n')

  const worker = (...more: string[]) =>
    tractionboard(
      'worker',
      ...['--queue', redis.url, '--token', sandbox.token, '--api-url', sandbox.origin],
      ...['--dead-letters', folder.path('dead.ndjson')],
      ...more
    )

  /** A worker that prints nothing, so that there may be several. */
  const workSilently = (signal = new AbortController().signal) =>
    workOnQueue(
      redis.url,
      ({ mappings }) =>
        Promise.resolve({
          definition: withBaseUrl(destination, sandbox.origin),
          settings: { tokenId: sandbox.token },
          filter: () => true,
          mappings,
          find: async (name: string) => (await listArchives([name]).next()).value as Archive
        }),
      SILENT,
      { signal }
    )

  /** Fills the queue for so long, or until all is delivered. Another account is another token. */
  async function fill({
    signal = new AbortController().signal,
    token = sandbox.token,
    rate = undefined as number | undefined
  } = {}): Promise<ReplayReport> {
    const archives: Archive[] = []
    for await (const archive of listArchives(FILES.map((file) => folder.path(file)))) archives.push(archive)
    const mappings = mappingsOf(destination)
    const place = { address: sandbox.origin, run: sandbox.run(), filters: '' }
    const identity = ledgerIdentity(place, { tokenId: token }, destination, mappings)
    const ledger = Ledger.open(folder.path(`ledger-${token}.sqlite`), identity)
    return fillQueue(redis.url, archives, ledger, { identity, filter: {}, mappings, rate }, SILENT, { signal })
  }

  const fillFor = (ms: number, options: { token?: string } = {}) =>
    fill({ ...options, signal: AbortSignal.timeout(ms) })

  it('is delivered by workers, and its totals are where it was filled', async () => {
    const [report, { printed, failure }] = await Promise.all([fill(), worker()])
    expect(report).toMatchObject({
      read: 90,
      accepted: 90,
      archives: { listed: 3 },
      ledger: { totals: { accepted: 90 } }
    })
    expect(failure).toBeUndefined()
    expect(printed).toMatch(/accepted +90\n/)
    expect(sandbox.dashboard().earnings).toEqual({ USD: '450.00' })
  })

  it('keeps what workers have delivered until it is written down', async () => {
    const stopped = await fillFor(1000)
    expect(stopped).toMatchObject({ stopped: { kind: 'interrupted' }, read: 0 })
    const working = worker()
    while ((await queueStatus(redis.url)).waiting > 0) await sleep(50)
    expect(await fill()).toMatchObject({ read: 90, accepted: 90, duplicates: 0 })
    await working
  })

  it('gets again what Redis has lost', async () => {
    const filling = fill()
    while ((await queueStatus(redis.url)).waiting < FILES.length) await sleep(20)
    await redis.lose()
    const [report] = await Promise.all([filling, worker()])
    expect(report.ledger?.totals).toMatchObject({ read: 90, accepted: 90 })
  })

  it('names an archive that workers cannot read, and delivers the others', async () => {
    const filling = fill()
    while ((await queueStatus(redis.url)).waiting < FILES.length) await sleep(20)
    rmSync(folder.path('b.json'))
    const [report] = await Promise.all([filling, worker()])
    expect(report).toMatchObject({ read: 60, accepted: 60, archives: { listed: 3, unreadable: 1 } })
    expect(report.readErrors).toEqual([expect.stringMatching(/^Cannot read .*b\.json: there is no such file\.$/)])
  })

  it('keeps to one rate for all workers', async () => {
    const start = performance.now()
    await Promise.all([fill({ rate: 30 }), workSilently(), workSilently()])
    expect(performance.now() - start).toBeGreaterThan(1900)
    expect(sandbox.dashboard().earnings).toEqual({ USD: '450.00' })
  })

  it('gets back what an interrupted worker has not delivered', async () => {
    const filling = fill({ rate: 30 })
    const interrupted = await workSilently(AbortSignal.timeout(2500))
    expect(interrupted.stopped).toMatchObject({ kind: 'interrupted' })
    expect(interrupted.accepted).toBeLessThan(90)
    const [report, rest] = await Promise.all([filling, workSilently()])
    expect(report).toMatchObject({ read: 90, accepted: 90, duplicates: 0 })
    expect(interrupted.accepted + rest.accepted).toBe(90)
    expect(sandbox.dashboard().earnings).toEqual({ USD: '450.00' })
  })

  it('is paused and goes on, and shows its state', async () => {
    await tractionboard('replay', 'pause', '--queue', redis.url)
    const working = [fill(), workSilently()]
    await sleep(2500)
    const paused = await queueStatus(redis.url)
    expect(paused).toMatchObject({ isPaused: true, waiting: 3, active: 0, workers: 1 })
    const { printed } = await tractionboard('replay', 'status', '--queue', redis.url)
    expect(printed).toMatch(/Paused, 1 worker\n\nArchives: 0 of 3 delivered/)
    await tractionboard('replay', 'resume', '--queue', redis.url)
    const [report] = await Promise.all(working)
    expect(report.accepted).toBe(90)
  })

  it.each<[string, string[], RegExp]>([
    ['another account', ['--token', 'other'], /^The queue is of a replay to another account\. Check the Token ID/],
    [
      'another server',
      ['--api-url', 'http://127.0.0.1:1'],
      /^The queue is of a replay to http:\S+, and this worker sends to/
    ]
  ])('is refused by a worker of %s', async (_, options, message) => {
    await fillFor(1000)
    expect((await worker(...options)).failure).toMatch(message)
    expect(sandbox.dashboard().users).toBe(0)
  })

  it('is refused to another replay until it is delivered', async () => {
    await fillFor(1000)
    await expect(fill({ token: 'other' })).rejects.toThrow(/^The queue is of another replay, to http:/)
  })

  it('has no token in it', async () => {
    await fillFor(1000)
    const status = JSON.stringify(await queueStatus(redis.url))
    expect(status).toContain(sandbox.origin)
    expect(status).not.toContain(sandbox.token)
  })
})

describe('tractionboard replay --queue', () => {
  const replay = (...args: string[]) =>
    tractionboard(
      'replay',
      '--token',
      'x',
      '--api-url',
      'http://127.0.0.1:1',
      '--queue',
      'redis://127.0.0.1:1',
      ...args
    )

  it.each<[string, string[], RegExp]>([
    ['a dry run', ['--dry-run'], /^A dry run needs no queue/],
    ['standard input', [], /^Standard input and pipes cannot be queued/],
    ['an option of workers', ['--dead-letters', 'x'], /^Give --dead-letters to `tractionboard worker`/],
    ['another kind of address', ['--queue', 'http://127.0.0.1'], /Write the address of Redis, such as redis:/]
  ])('refuses %s', async (_, args, message) => {
    expect((await replay(...args)).failure).toMatch(message)
  })

  it('says that Redis cannot be reached', async () => {
    const { failure } = await tractionboard('replay', 'status', '--queue', 'redis://:secret@127.0.0.1:1')
    expect(failure).toMatch(/^The queue redis:\/\/127\.0\.0\.1:1 cannot be used: .*ECONNREFUSED.*\.$/)
  })
})

const payment = (messageId: string) =>
  JSON.stringify({
    type: 'track',
    event: 'Payment Made',
    messageId,
    userId: 'u',
    timestamp: '2026-03-02T09:14:07Z',
    properties: { revenue: 5 }
  })
