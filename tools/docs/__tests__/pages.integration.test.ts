import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { join, resolve } from 'node:path'
import { gzipSync } from 'node:zlib'
import { testFolder } from '@tractionboard/testing/test-folder'
import { codeBlocks, npmScripts, type CodeBlock } from '../code-blocks'

const ROOT = resolve(__dirname, '../../..')

/** The pages that people read, by their path from the root. */
const PAGES = [
  ...readdirSync(ROOT),
  ...readdirSync(join(ROOT, 'docs')).map((name) => `docs/${name}`),
  ...readdirSync(join(ROOT, 'packages')).map((name) => `packages/${name}/README.md`)
].filter((page) => page.endsWith('.md') && existsSync(join(ROOT, page)))

const read = (page: string) => readFileSync(join(ROOT, page), 'utf8')

/** How long a block may take: the machine may be busy. */
const TIMEOUT = 120_000

/** The calls of the archive that the pages name as the reader's own. */
const OWN_CALLS = [
  { type: 'page', anonymousId: 'a1', messageId: 'm1', timestamp: '2026-03-02T10:00:00Z' },
  { type: 'identify', anonymousId: 'a1', userId: 'u1', messageId: 'm2', timestamp: '2026-03-02T10:05:00Z' }
]

const folder = testFolder()
const project = folder.path('project')
let port: number

beforeAll(async () => {
  port = await freePort()
  // The project as it is, but for what the blocks write.
  mkdirSync(project)
  for (const name of readdirSync(ROOT)) if (name !== '.git') symlinkSync(join(ROOT, name), join(project, name))
  folder.write('project/calls.json.gz', gzipSync(OWN_CALLS.map((call) => JSON.stringify(call)).join('\n')))
  // So that curl fails when the response is an error.
  folder.write('.curlrc', 'fail-with-body\nsilent\nshow-error\n')
  writeCheckout(folder.path('action-destinations'))
})
afterAll(() => folder.remove())

/** What `contribute` needs of a checkout of segmentio/action-destinations. */
function writeCheckout(path: string): void {
  const destinations = join(path, 'packages/destination-actions/src/destinations')
  mkdirSync(destinations, { recursive: true })
  spawnSync('git', ['init', '--quiet', path])
  writeFileSync(join(path, 'package.json'), '{ "name": "action-destinations" }\n')
  writeFileSync(join(destinations, 'index.ts'), "register('0123456789abcdef01234567', './another')\n")
}

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const { port } = server.address() as AddressInfo
  await new Promise((done) => server.close(done))
  return port
}

// Port 4000 alone is replaced, because something else may have it.
const withFreePort = (code: string) => code.replaceAll('4000', String(port))

const environment = () => ({ ...process.env, CURL_HOME: folder.path('.'), NO_COLOR: '1' })

/** Runs a block as a reader who pastes it, and gives what it printed. Throws if a command of it fails. */
function run({ language, code }: CodeBlock): string {
  const text = withFreePort(code)
  const file = folder.write(`project/example.${language}`, text)
  const command = language === 'js' ? ['node', file] : ['bash', '-e', '-o', 'pipefail', file]
  const [program, ...args] = command
  const options = { cwd: project, env: environment(), encoding: 'utf8', timeout: TIMEOUT } as const
  const { status, stdout, stderr } = spawnSync(program, args, options)
  if (status !== 0) throw new Error(`It ended with ${status}:\n${stdout}\n${stderr}`)
  return stdout
}

/** What a block comes to: what it prints, its JSON, the text that it shows, or why it cannot run. Throws if it fails. */
function evaluate(block: CodeBlock): unknown {
  if (block.notRun !== undefined) return block.notRun
  switch (block.language) {
    case 'sh':
    case 'js':
      return run(block)
    case 'json':
      return JSON.parse(block.code)
    case 'text':
      return block.code
    default:
      throw new Error('Say after the opening fence what it is: sh, js, json or text.')
  }
}

/** Starts a block that runs until it is stopped, and waits for the first thing that it prints. */
async function start({ code }: CodeBlock): Promise<ChildProcess> {
  const options = { cwd: project, env: environment(), detached: true } as const
  const child = spawn('bash', ['-c', withFreePort(code)], options)
  await new Promise<void>((done, fail) => {
    child.stdout.once('data', () => done())
    child.stderr.once('data', (data) => fail(new Error(String(data))))
    child.once('exit', (status) => fail(new Error(`It ended with ${status}.`)))
  })
  return child
}

/** Stops a block with all of the processes that it started. */
async function stop(child: ChildProcess): Promise<void> {
  const ended = new Promise((done) => child.once('close', done))
  process.kill(-(child.pid as number), 'SIGTERM')
  await ended
}

describe.each(PAGES.filter((page) => codeBlocks(read(page)).length > 0))('%s', (page) => {
  const blocks = codeBlocks(read(page))
  const running: ChildProcess[] = []
  afterAll(async () => {
    for (const child of running) await stop(child)
  })

  it.each(blocks.map((block) => [block.line, block] as const))(
    'has a code block in line %i that does what it says',
    async (_, block) => {
      if (block.keepsRunning) running.push(await start(block))
      expect(block.keepsRunning || evaluate(block)).toBeTruthy()
    },
    TIMEOUT
  )
})

describe('the pages', () => {
  const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> }

  it.each(PAGES.filter((page) => npmScripts(read(page)).length > 0))('name only npm scripts that exist: %s', (page) => {
    expect(Object.keys(scripts)).toEqual(expect.arrayContaining(npmScripts(read(page))))
  })
})
