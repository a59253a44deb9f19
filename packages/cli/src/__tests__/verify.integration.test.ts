import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import destination from '@tractionboard/destination'
import { contribute } from '../contribute'
import { openCheckout, REGISTRY, TARGET } from '../contribute/checkout'
import type { Files } from '../contribute/source'
import { verify } from '../contribute/verify'
import { type Gate, GATES, type GateResult } from '../contribute/verify/gates'

/** The destination with one action, which is enough to serve. */
const definition = { ...destination, actions: { cancel: destination.actions.cancel } }

const SOURCE: Files = new Map(
  Object.entries({
    'index.ts': `exports.default = { name: '${destination.name}', slug: '${destination.slug}' }\n`,
    'generated-types.ts': 'export interface Settings {}\n',
    'cancel/generated-types.ts': 'export interface Payload {}\n',
    'metadata.json': '{}\n'
  }).map(([path, text]) => [path, Buffer.from(text)])
)

/** Does what each command of upstream's does when all is well. */
const UPSTREAM: Record<string, string> = {
  'generate:types': "write('generated-types.ts'); write('cancel/generated-types.ts')",
  'generate:metadata-payload': "write('metadata.json')",
  validate: `
    require.extensions['.ts'] = require.extensions['.js']
    const { manifest } = require(require.resolve('@segment/action-destinations', { paths: [process.cwd()] }))
    const { manifest: others } = require(require.resolve('@segment/destinations-manifest', { paths: [process.cwd()] }))
    for (const { definition } of Object.values({ ...manifest, ...others })) console.error('✔ Validating ' + definition.name)`,
  'validate-secret-fields': `console.log(JSON.stringify({ '${destination.name}': { settings: [] } }))`,
  serve: `
    const https = require('node:https')
    const http = require('node:http')
    const HOST = 'api.tractionboard.io'
    const send = (path, body, token) => new Promise((resolve, reject) => {
      const headers = { 'content-type': 'application/json', authorization: 'Bearer ' + token }
      const request = https.request({ hostname: HOST, path, method: body ? 'POST' : 'GET', headers }, (response) => {
        response.resume().once('end', () => resolve(response.statusCode))
      })
      request.once('error', reject).end(body && JSON.stringify(body))
    })
    const toEvent = ({ messageId, timestamp, userId }) =>
      ({ type: 'cancel', id: messageId, occurred_at: timestamp, external_user_id: userId })
    const routes = {
      '/manifest': () => ({ slug: '${destination.slug}' }),
      '/authenticate': async ({ tokenId }) => ({ ok: await send('/v1/token', undefined, tokenId) === 200 }),
      '/cancel': async ({ settings, payload }) => {
        await send('/v1/events', { events: [payload].flat().map(toEvent) }, settings.tokenId)
        return []
      },
      '/delete': async ({ settings, payload }) => {
        await send('/v1/erasures', { external_user_id: payload.userId }, settings.tokenId)
        return []
      }
    }
    http.createServer(async (request, response) => {
      let text = ''
      for await (const chunk of request) text += chunk
      const answer = await routes[request.url](text && JSON.parse(text)).catch?.((error) =>
        [{ requestError: true, message: error.message }]) ?? routes[request.url]()
      response.end(JSON.stringify(answer))
    }).listen(process.env.PORT, '127.0.0.1')`
}

let folder: string
let checkout: string

/** A stand-in for upstream's repository with its modules, with the destination in it, in which every gate passes. */
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'verify test-'))
  checkout = join(folder, 'upstream')
  write('package.json', '{ "name": "action-destinations" }')
  write('.gitignore', 'node_modules\ndist\n')
  write(REGISTRY, "register('60f64ae3eaebd66d17d28e9f', './1plusx')\n")
  writeCli({})
  for (const name of ['tsc', 'eslint', 'prettier', 'jest']) writeTool(name, '')
  write('packages/core/dist/index.js', '')
  git('init', '--quiet')
  git('add', '--all')
  contribute(definition, checkout, {}, SOURCE)
})

afterEach(() => rmSync(folder, { recursive: true, force: true }))

describe('verify', () => {
  it('passes each gate whose command does as upstream’s, and leaves the checkout as it was', async () => {
    const before = git('status', '--porcelain', '--untracked-files=all')
    const results = await run()
    expect(results.map(({ gate, status, reason }) => [gate.name, status, reason])).toEqual(
      GATES.map(({ name }) => [name, 'passed', undefined])
    )
    expect(git('status', '--porcelain', '--untracked-files=all')).toBe(before)
    expectRestored()
  })

  it('gives the first error of a command that fails, and keeps the whole output', async () => {
    writeTool('eslint', "console.log('a warning\\nx.ts:1:2: No. [Error/no]\\nmore'); process.exitCode = 1")
    const [{ status, reason, log = '' }] = await run('eslint')
    expect([status, reason]).toEqual(['failed', 'x.ts:1:2: No. [Error/no]'])
    expect(readFileSync(log, 'utf8')).toBe('a warning\nx.ts:1:2: No. [Error/no]\nmore\n')
    rmSync(dirname(log), { recursive: true })
  })

  it.each([
    ["console.log('one\\ntwo'); process.exitCode = 3", 'two'],
    ['process.exitCode = 3', 'It ended with 3, and printed nothing.'],
    ["console.log('\\u001b[31mTypeError: x\\u001b[39m'); process.exitCode = 1", 'TypeError: x']
  ])('says why %s failed', async (body, reason) => {
    writeTool('prettier', body)
    expect(await failure('prettier')).toBe(reason)
  })

  it('ends a command that hangs, and what it started', async () => {
    writeTool(
      'jest',
      `const { pid } = require('node:child_process').spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'])
       require('node:fs').writeFileSync(${JSON.stringify(join(folder, 'pid'))}, String(pid))
       process.on('SIGTERM', () => {})
       setInterval(() => {}, 1000)`
    )
    expect(await failure('jest', 2)).toBe('The time was up after 2 s.')
    expect(await isEnded(Number(readFileSync(join(folder, 'pid'), 'utf8')))).toBe(true)
  })

  it('ends what runs when it is interrupted, and restores the folder', async () => {
    writeCli({
      'generate:types': `require('node:fs').writeFileSync(${JSON.stringify(join(folder, 'pid'))}, String(process.pid))
        setInterval(() => {}, 1000)`
    })
    const controller = new AbortController()
    const running = run('types', 60, controller.signal)
    while (!existsSync(join(folder, 'pid')) || !readFileSync(join(folder, 'pid'), 'utf8')) await sleep(50)
    controller.abort()
    await expect(running).rejects.toThrow('Interrupted.')
    expect(await isEnded(Number(readFileSync(join(folder, 'pid'), 'utf8')))).toBe(true)
    expectRestored()
  })

  it('uses no other Node than its own, and passes on no settings of a test run', async () => {
    writeTool(
      'eslint',
      'console.log(JSON.stringify([process.execPath, process.env.TZ, process.env.JEST_WORKER_ID]))\nprocess.exitCode = 1'
    )
    expect(await failure('eslint')).toBe(JSON.stringify([process.execPath, 'UTC', null]))
  })
})

describe('verify, when a gate cannot run,', () => {
  it('names the versions of Node that upstream takes', async () => {
    write('package.json', '{ "name": "action-destinations", "engines": { "node": "^18.17 || ^99.13" } }')
    const results = await run()
    const reason = `upstream takes Node ^18.17 || ^99.13, and this is ${process.versions.node}. Run it again on one of those.`
    expect(results.map(({ status, reason }) => ({ status, reason }))).toEqual(
      GATES.map(() => ({ status: 'not run', reason }))
    )
  })

  it('says that there are no modules', async () => {
    rmSync(join(checkout, 'node_modules'), { recursive: true })
    const results = await run()
    expect(results.every(({ status }) => status === 'not run')).toBe(true)
    expect(results[0].reason).toBe('there is no folder node_modules. Run `yarn install` in the checkout.')
  })

  it.each([
    ['prettier', 'node_modules/.bin/prettier', 'yarn install'],
    ['typecheck', 'packages/core/dist', 'yarn build']
  ])('says for %s that %s is missing, and runs the others', async (name, path, command) => {
    rmSync(join(checkout, path), { recursive: true })
    const results = await verify(openCheckout(checkout), definition, SOURCE, {
      gates: GATES.filter((gate) => ['eslint', name].includes(gate.name))
    })
    const expected = { status: 'not run', reason: `${path} is missing. Run \`${command}\` in the checkout.` }
    expect(results.find(({ gate }) => gate.name === name)).toMatchObject(expected)
    expect(results.find(({ gate }) => gate.name === 'eslint')).toMatchObject({ status: 'passed' })
  })
})

describe('GATES', () => {
  it.each([
    ['types', 'generate:types', "write('generated-types.ts')", 'cancel/generated-types.ts was not written.'],
    [
      'types',
      'generate:types',
      "write('cancel/generated-types.ts', '//')",
      'cancel/generated-types.ts is not as it is'
    ],
    [
      'types',
      'generate:types',
      `${UPSTREAM['generate:types']}; write('visit.types.ts', '//')`,
      'visit.types.ts is not'
    ],
    ['metadata', 'generate:metadata-payload', '', 'metadata.json was not written.'],
    ['metadata', 'generate:metadata-payload', "write('metadata.json', '[]')", 'metadata.json is not as it is'],
    ['validate', 'validate', "console.log('✔ Validating Another')", 'The destination was not validated.'],
    [
      'validate',
      'validate',
      'console.log(\'✖ Validating this: \\n    The field "x" has none.\')',
      'The field "x" has none.'
    ],
    ['secrets', 'validate-secret-fields', "console.log('{}')", 'The destination is not in the list.'],
    ['secrets', 'validate-secret-fields', "console.log('not JSON')", 'The destination is not in the list.'],
    [
      'secrets',
      'validate-secret-fields',
      `console.log(JSON.stringify({ '${destination.name}': { settings: ['tokenId'] } }))`,
      'Not of the type password: tokenId.'
    ]
  ])('fail at %s when %s does %j', async (name, command, body, reason) => {
    writeCli({ [command]: body })
    expect(await failure(name)).toContain(reason)
    expectRestored()
  })

  it('check the types of the folder alone, by upstream’s own options', async () => {
    writeTool('tsc', "console.log(require('node:fs').readFileSync(process.argv[3], 'utf8')); process.exitCode = 1")
    const tsconfig = JSON.parse((await failure('typecheck')) ?? '') as object
    expect(tsconfig).toEqual({
      extends: join(checkout, 'packages/destination-actions/tsconfig.build.json'),
      compilerOptions: {
        typeRoots: [
          join(checkout, 'packages/destination-actions/node_modules/@types'),
          join(checkout, 'node_modules/@types')
        ],
        composite: false
      },
      include: [join(checkout, TARGET)]
    })
  })

  it.each([
    [
      'loses the events of a batch',
      (code: string) => code.replace('[payload].flat()', '[payload]'),
      /cancel: |exactly once/
    ],
    [
      'sends to another host',
      (code: string) => code.replace("'api.tractionboard.io'", "'elsewhere.example'"),
      /A request to elsewhere.example was stopped/
    ],
    [
      'does not delete',
      (code: string) => code.replace("await send('/v1/erasures'", "void ('/v1/erasures'"),
      /The deletion did not reach the sandbox/
    ],
    ['refuses a good token', (code: string) => code.replace('=== 200', '=== 401'), /The check of the token failed/],
    [
      'answers with an error',
      (code: string) =>
        code.replace("'/cancel': async (", "'/cancel': async () => { throw Error('No.') }, '/x': async ("),
      /^cancel: No\./
    ],
    ['ends at once', () => "console.log('It does not load.')", /^The server ended: It does not load\./],
    ['hangs', () => 'setInterval(() => {}, 1000)', /^The time was up/]
  ])('fail at serve when the server %s', async (_, change, reason) => {
    writeCli({ serve: change(UPSTREAM.serve) })
    expect(await failure('serve', 3)).toMatch(reason)
  })
})

/** Runs a gate, or all. */
async function run(name?: string, limit?: number, signal?: AbortSignal): Promise<GateResult[]> {
  const withLimit = (gate: Gate): Gate => ({
    ...gate,
    command: { ...gate.command, limit: limit ?? gate.command.limit }
  })
  const gates = GATES.filter((gate) => name === undefined || gate.name === name).map(limit ? withLimit : (gate) => gate)
  return verify(openCheckout(checkout), definition, SOURCE, { gates, signal })
}

/** Why a gate fails; nothing if it does not. */
async function failure(name: string, limit?: number): Promise<string | undefined> {
  const [{ status, reason, log }] = await run(name, limit)
  if (log) rmSync(dirname(log), { recursive: true })
  return status === 'failed' ? reason : undefined
}

function expectRestored(): void {
  const files = readdirSync(join(checkout, TARGET), { recursive: true, withFileTypes: true }).filter((file) =>
    file.isFile()
  )
  expect(files).toHaveLength(SOURCE.size)
  for (const [path, text] of SOURCE) expect(readFileSync(join(checkout, TARGET, path))).toEqual(text)
}

/** Whether a process ends within two seconds. */
async function isEnded(pid: number): Promise<boolean> {
  for (let attempt = 0; attempt < 40; attempt++) {
    try {
      process.kill(pid, 0)
    } catch {
      return true
    }
    await sleep(50)
  }
  return false
}

/** Writes upstream's command line, some of whose commands do something else. */
function writeCli(changed: Record<string, string>): void {
  const cases = Object.entries({ ...UPSTREAM, ...changed }).map(([name, body]) => `case '${name}': { ${body}; break }`)
  const files = JSON.stringify(Object.fromEntries([...SOURCE].map(([path, text]) => [path, text.toString()])))
  write(
    'bin/run',
    `const write = (path, text = ${files}[path]) => require('node:fs').writeFileSync('${TARGET}/' + path, text)
     switch (process.argv[2]) { ${cases.join('\n')} }`
  )
}

const writeTool = (name: string, body: string) => write(`node_modules/.bin/${name}`, body)

function write(path: string, text: string): void {
  mkdirSync(dirname(join(checkout, path)), { recursive: true })
  writeFileSync(join(checkout, path), text)
}

function git(...args: string[]): string {
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('GIT_')))
  return execFileSync('git', args, { cwd: checkout, env, encoding: 'utf8', stdio: 'pipe' })
}
