import { execFileSync } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { dirname, join } from 'node:path'
import { startSandbox, type Sandbox } from '@tractionboard/sandbox'
import { testFolder } from '@tractionboard/testing/test-folder'
import { REGISTRY } from '../contribute/checkout'
import { execute } from '../execute'

/** Sets a title, clears the screen, colors, deletes, turns the direction around, breaks lines. */
const CONTROLS = ['\u001b', '\u0007', '\u0008', '\u007f', '\u009b', '\u202e', '\u2028', '\r']
const HOSTILE = `]0;evil${CONTROLS.join('x')}`
/** As HOSTILE, and with a line break that could forge a line. */
const HOSTILE_VALUE = `${HOSTILE}\nread 1,000,000`

const folder = testFolder()
let sandbox: Sandbox
let server: Server
let hostileOrigin: string

beforeAll(async () => {
  sandbox = await startSandbox()
  server = createServer((request, response) => {
    const isToken = request.url === '/v1/token'
    response.writeHead(isToken ? 200 : 418, { 'content-type': 'application/problem+json' })
    response.end(JSON.stringify(isToken ? { valid: true } : { title: HOSTILE_VALUE, detail: HOSTILE_VALUE }))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  hostileOrigin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})

afterAll(async () => {
  await sandbox.close()
  await new Promise((resolve) => server.close(resolve))
  folder.remove()
})

afterEach(() => jest.restoreAllMocks())

/** Takes what goes to the terminal in any way. */
function captureTerminal(): () => string {
  let printed = ''
  for (const method of ['log', 'error', 'warn', 'info'] as const) {
    jest.spyOn(console, method).mockImplementation((...texts) => void (printed += `${texts.join(' ')}\n`))
  }
  for (const stream of [process.stdout, process.stderr]) {
    jest.spyOn(stream, 'write').mockImplementation((text) => Boolean((printed += String(text))))
  }
  return () => printed
}

function expectSafe(printed: string): void {
  expect(CONTROLS.filter((control) => printed.includes(control))).toEqual([])
  expect(printed).not.toMatch(/^read 1,000,000/m)
  expect(printed).toContain('\\u001b')
}

const call = (more: object = {}) => ({
  type: 'track',
  event: 'Payment Made',
  messageId: HOSTILE_VALUE,
  userId: HOSTILE_VALUE,
  timestamp: '2026-03-02T09:14:07Z',
  properties: { revenue: 5 },
  context: { campaign: { source: HOSTILE_VALUE, medium: HOSTILE_VALUE, name: HOSTILE_VALUE } },
  ...more
})

const archive = (name: string, ...calls: unknown[]) =>
  folder.write(name, calls.map((each) => (typeof each === 'string' ? each : JSON.stringify(each))).join('\n'))

const definition = () =>
  folder.write(
    'hostile.js',
    `const minimal = require(${JSON.stringify(join(__dirname, '../../../testing/src/definitions/minimal'))}).default
const text = ${JSON.stringify(HOSTILE_VALUE)}
const { pay, greet } = minimal.actions
const fields = { ...pay.fields, [text]: { label: text, description: text, type: 'string', default: text } }
module.exports = {
  ...minimal,
  name: text,
  actions: { pay: { ...pay, title: text, description: text, fields }, [text]: { ...greet, description: '' } },
  presets: [{ ...minimal.presets[0], name: text, subscribe: 'type = "' + text, partnerAction: text }]
}
`
  )

function checkout(): string {
  const root = folder.path(`checkout ${HOSTILE}`)
  const registry = join(root, REGISTRY)
  mkdirSync(dirname(registry), { recursive: true })
  folder.write(join(`checkout ${HOSTILE}`, 'package.json'), '{ "name": "action-destinations" }')
  folder.write(join(`checkout ${HOSTILE}`, REGISTRY), "register('0123456789abcdef01234567', './another')\n")
  execFileSync('git', ['init', '--quiet', root])
  return root
}

const to = (origin: string) => ['--token', sandbox.token, '--api-url', origin]

describe('The terminal', () => {
  it.each<[string, () => string[]]>([
    [
      'the report of replay, with rejections, malformed lines and the dashboard',
      () => [
        'replay',
        archive(`calls ${HOSTILE}`, call(), call({ properties: { revenue: HOSTILE_VALUE } }), HOSTILE),
        ...to(sandbox.origin)
      ]
    ],
    [
      'what a server answers to replay',
      () => ['replay', archive('calls', call()), ...to(hostileOrigin), '--give-up-after', '1s']
    ],
    ['the name of a file that replay cannot read', () => ['replay', folder.path(HOSTILE_VALUE), ...to(sandbox.origin)]],
    ['the address that replay refuses', () => ['replay', '--token', 'x', '--api-url', HOSTILE]],
    ['the call of try', () => ['try', archive('call', call())]],
    ['what a server answers to try', () => ['try', archive('call', call()), ...to(hostileOrigin)]],
    ['the name of a file that try cannot read', () => ['try', folder.path(HOSTILE_VALUE)]],
    ['the port that start refuses', () => ['start', '--port', HOSTILE]],
    ['the findings of validate', () => ['validate', definition()]],
    ['the JSON of validate', () => ['validate', definition(), '--json']],
    ['the module that validate cannot load', () => ['validate', folder.path(HOSTILE_VALUE)]],
    ['the calls that validate cannot read', () => ['validate', '--calls', folder.path(HOSTILE_VALUE)]],
    ['the types of a definition', () => ['types', definition()]],
    ['the metadata of a definition', () => ['metadata', definition()]],
    ['the folder that types cannot write to', () => ['types', '--out', folder.path(HOSTILE_VALUE)]],
    ['what contribute would do', () => ['contribute', checkout(), '--dry-run']],
    ['what contribute did', () => ['contribute', checkout()]],
    ['the folder that is no checkout', () => ['contribute', folder.path(HOSTILE_VALUE)]],
    ['what register wrote', () => ['register', '--support-email', 'a@b.example', '--out', folder.path(HOSTILE_VALUE)]],
    ['the address that register refuses', () => ['register', '--support-email', HOSTILE_VALUE]],
    ['an option that nobody knows', () => ['start', `--${HOSTILE}`]],
    ['a command that nobody knows', () => [HOSTILE]]
  ])('gets no control characters from %s', async (_, args) => {
    const printed = captureTerminal()
    await execute(args())
    expectSafe(printed())
  })

  /** Runs a sandbox, and gives what it printed. */
  async function runSandbox(args: string[], whileRunning?: (origin: string) => Promise<unknown>): Promise<string> {
    const printed = captureTerminal()
    const before = process.listeners('SIGINT')
    const ended = execute(['sandbox', ...args])
    while (!printed().includes('Ctrl+C')) await new Promise((resolve) => setTimeout(resolve, 20))
    await whileRunning?.(/http:\/\/[\d.]+:\d+/.exec(printed())?.[0] ?? '')
    const [stop] = process.listeners('SIGINT').filter((listener) => !before.includes(listener))
    stop('SIGINT')
    expect(await ended).toBe(0)
    return printed()
  }

  it('gets no control characters from the Token ID of sandbox', async () => {
    const token = CONTROLS.filter((control) => !/\s/.test(control)).join('x')
    expectSafe(await runSandbox(['--token', token]))
  })

  it('gets no control characters from an error that nobody expected in sandbox', async () => {
    const printed = await runSandbox([], (origin) => {
      jest.spyOn(globalThis, 'structuredClone').mockImplementation(() => {
        throw new TypeError(HOSTILE)
      })
      return fetch(`${origin}/sandbox/journal`)
    })
    expect(printed).toContain('TypeError')
    expectSafe(printed)
  })
})
