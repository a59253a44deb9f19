import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { gzipSync } from 'node:zlib'
import destination from '@tractionboard/destination'
import { replay, type ReplayReport, withBaseUrl } from '@tractionboard/local-segment'
import { startSandbox, type Faults, type Sandbox } from '@tractionboard/sandbox'
import { tractionboard } from '@tractionboard/testing/run-command'
import { SILENT } from '@tractionboard/testing/silent-progress'
import { testFolder } from '@tractionboard/testing/test-folder'

const folder = testFolder()
let sandbox: Sandbox

beforeAll(async () => {
  sandbox = await startSandbox()
})
beforeEach(() => sandbox.reset())
afterAll(async () => {
  await sandbox.close()
  folder.remove()
})

const payment = (messageId: string, revenue: unknown = 5) => ({
  type: 'track',
  event: 'Payment Made',
  messageId,
  userId: 'u',
  timestamp: '2026-03-02T09:14:07Z',
  properties: { revenue }
})

const archive = (...calls: object[]) => folder.write('calls.json', calls.map((call) => JSON.stringify(call)).join('\n'))

const replayed = (file: string, faults: Faults = {}): Promise<ReplayReport> => {
  sandbox.setFaults(faults)
  const retry = { attempts: 6, minTimeoutMs: 1 }
  return replay(withBaseUrl(destination, sandbox.origin), { tokenId: sandbox.token }, [file], SILENT, { retry })
}

describe('replay', () => {
  it('retries what may be accepted later, and counts nothing twice', async () => {
    const calls = Array.from({ length: 20 }, (_, index) => payment(`m-${index}`))
    const script: Faults['script'] = ['ok', 'too_many_requests', 'server_error', 'drop_after_commit', 'omit', 'garbage']
    const { accepted, duplicates, rejected } = await replayed(archive(...calls), { script })
    expect({ delivered: accepted + duplicates, rejected }).toEqual({ delivered: 20, rejected: 0 })
    expect(sandbox.dashboard().earnings).toEqual({ USD: '100.00' })
  })

  it('reports each call whose retries are exhausted', async () => {
    const { accepted, rejections } = await replayed(archive(payment('a'), payment('b', '$5')), { unavailable: 1 })
    expect(accepted).toBe(0)
    expect(rejections).toMatchObject([
      { retriesExhausted: true, calls: [{ line: 1, messageId: 'a' }] },
      { retriesExhausted: false, calls: [{ line: 2, messageId: 'b' }] }
    ])
  })

  it('sends more calls than fit into one batch', async () => {
    const calls = Array.from({ length: 2500 }, (_, index) => payment(`m-${index}`, '0.01'))
    expect(await replayed(archive(...calls))).toMatchObject({ read: 2500, accepted: 2500 })
    expect(sandbox.dashboard().earnings).toEqual({ USD: '25.00' })
  })

  it('accepts the first of two calls with one id, even in different batches', async () => {
    const between = Array.from({ length: 1500 }, (_, index) => payment(`m-${index}`, 0))
    const { rejections } = await replayed(archive(payment('same', 1), ...between, payment('same', 2)))
    expect(rejections).toMatchObject([{ calls: [{ line: 1502 }] }])
    expect(sandbox.dashboard().earnings).toEqual({ USD: '1.00' })
  })
})

describe('tractionboard replay', () => {
  const to = (...files: string[]) => ['replay', ...files, '--token', sandbox.token, '--api-url', sandbox.origin]

  it('prints what became of the calls, and the dashboard of a sandbox', async () => {
    const { printed, failure } = await tractionboard(
      ...to(archive(payment('a'), payment('a'), payment('b', '$5'), { type: 'delete' }))
    )
    expect(failure).toBe('\nNot everything was delivered: 1 call was rejected.')
    expect(printed).toMatch(/accepted +1\n +duplicates +1\n +rejected +1\n +not subscribed +1\n +read +4\n/)
    expect(printed).toContain('1 × payment: amount is not a plain number.')
    expect(printed).toContain('calls.json, line 3, message b')
    expect(printed).toMatch(/earnings \(payments\) +USD 5\.00/)
  })

  it('reports a malformed line by its file and number, and sends the rest', async () => {
    const file = folder.write(
      'broken.json',
      `${JSON.stringify(payment('a'))}\n{"type":\n${JSON.stringify(payment('b'))}`
    )
    const { printed } = await tractionboard(...to(file))
    expect(printed).toContain('broken.json, line 2 is not JSON')
    expect(sandbox.dashboard().earnings).toEqual({ USD: '10.00' })
  })

  it.each<[string, () => string[], RegExp]>([
    [
      'an unreadable file',
      () => to(folder.path('absent.json')),
      /^Cannot read .*absent\.json: there is no such file\.$/
    ],
    [
      'a bad token',
      () => ['replay', archive(payment('a')), '--token', 'wrong', '--api-url', sandbox.origin],
      /^http:\S+: Tractionboard refuses the Token ID \(HTTP 401, The Token ID is not known\..*\)\.$/
    ],
    [
      'a token with strange characters',
      () => ['replay', archive(payment('a')), '--token', 'wröng', '--api-url', sandbox.origin],
      /^http:\S+: The Token ID contains characters that are not allowed\./
    ],
    [
      'an unreachable server',
      () => [
        'replay',
        archive(payment('a')),
        '--token',
        'x',
        '--api-url',
        'http://127.0.0.1:1',
        '--give-up-after',
        '1s'
      ],
      /^http:\/\/127\.0\.0\.1:1: Tractionboard did not respond in time, or could not be reached \(ECONNREFUSED\)\. Gave up after 1 second\.$/
    ],
    [
      'an address that is not a URL',
      () => ['replay', '--token', 'x', '--api-url', 'tractionboard'],
      /'tractionboard' is invalid\. Write a URL such as/
    ],
    [
      'no token',
      () => ['replay', 'x.json'],
      /^There is no Token ID\. Give it with --token, or in TRACTIONBOARD_TOKEN\.$/
    ],
    ['no address', () => ['replay', 'x.json', '--token', 'x'], /^Name the server to send to with --api-url/]
  ])('ends with one sentence for %s', async (_, args, message) => {
    const { printed, failure } = await tractionboard(...args())
    expect(failure).toMatch(message)
    expect(failure).not.toContain('\n')
    expect(printed).toBe('')
    expect(sandbox.dashboard().users).toBe(0)
  })

  it('sends and counts what it read before an archive ended too early, and says where that was', async () => {
    const good = archive(payment('a'), payment('b'))
    const text = Array.from({ length: 3000 }, (_, id) => JSON.stringify(payment(`m-${id}-${Math.sin(id)}`, 0))).join(
      '\n'
    )
    const whole = gzipSync(text)
    const cut = folder.write('cut.json.gz', whole.subarray(0, whole.length / 2))
    const { printed, failure } = await tractionboard(...to(good, cut))
    expect(failure).toBe('\nNot everything was delivered: 1 archive was not read to its end.')
    expect(printed).toMatch(
      /Archives not read to their end\n +Cannot read .*cut\.json\.gz after line \d+: it ends too early\./
    )
    expect(printed).toMatch(/read +[1-9],?\d+/)
    expect(sandbox.dashboard().earnings).toEqual({ USD: '10.00' })
  })

  it.each(['http://127.0.0.1:4000/v1', 'http://127.0.0.1:4000/?a=1'])(
    'rejects the address %s, which has a path or a query',
    async (address) => {
      const { failure } = await tractionboard('replay', '--token', 'x', '--api-url', address)
      expect(failure).toContain('Write it without a path, as http://127.0.0.1:4000.')
    }
  )

  it('gives up on a server that fails for too long, and says how to go on', async () => {
    const server = createServer((request, response) => {
      const isToken = request.url === '/v1/token'
      response.writeHead(isToken ? 200 : 501, { 'content-type': 'application/json' }).end('{"valid":true}')
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    const { printed, failure } = await tractionboard(
      'replay',
      archive(payment('a')),
      '--token',
      'x',
      '--api-url',
      origin,
      '--give-up-after',
      '1s'
    )
    server.close()
    expect(printed).toMatch(/read +0$/)
    expect(failure).toBe(
      `\n${origin}: Tractionboard returned a server error (HTTP 501). Gave up after 1 second. Calls done in this run: 0, and in all runs: 0. To go on, run the same command again.`
    )
  })
})

describe('tractionboard start and sandbox', () => {
  it.each([
    [['start', '--port', '70000'], 'A port is a number from 0 to 65535.'],
    [['sandbox', '--port', 'x'], 'A port is a number from 0 to 65535.'],
    [['start', '--spend', 'USD'], 'Write a currency and an amount, such as USD=12000.'],
    [['sandbox', '--spend', 'USD=1@google:March'], 'Write a month after the colon'],
    [['sandbox', '--spend', 'USD=1', '--spend', 'XXX=2@google'], 'currency']
  ])('reject %j, and say what to write', async (args, message) => {
    expect((await tractionboard(...args)).failure).toContain(message)
  })

  it('name the port that is taken', async () => {
    const port = new URL(sandbox.origin).port
    expect((await tractionboard('sandbox', '--port', port)).failure).toMatch(
      new RegExp(`^Port ${port} of 127\\.0\\.0\\.1 is taken`)
    )
  })
})

describe('tractionboard start --once', () => {
  it('replays the sample into a sandbox of its own, and ends', async () => {
    const spend = ['--spend', 'EUR=60', '--spend', 'EUR=40@google:2026-03']
    const { printed, failure } = await tractionboard('start', '--once', ...spend)
    expect(failure).toBeUndefined()
    expect(printed).toMatch(/read +5,480/)
    expect(printed).toMatch(/UAC \(spend per person who signed up\) +EUR 0\.52/)
    expect(printed).toMatch(/Acquisition cost by source\n.+UAC\n +google +[1-9]\d* +EUR 40\.00 +EUR \d+\.\d\d\n/)
    expect(printed).toMatch(/Acquisition cost by month \(UTC\)\n[^]+\n +2026-03 +[1-9]\d* +EUR 40\.00 +EUR \d+\.\d\d\n/)
  }, 60_000)
})
