import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { startSandbox, type Sandbox } from '@tractionboard/sandbox'
import { testFolder } from '../test-folder'
import { tractionboard } from '../run-command'

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

const caseFile = (name: string) => join(__dirname, '../cases', name)

const replay = (file: string) => tractionboard('replay', file, '--token', sandbox.token, '--api-url', sandbox.origin)

const DEPTH = 20_000

/** The context-null case, with lists within lists in the properties of the second call instead. */
function deepFile(): string {
  const [first, second, third] = readFileSync(caseFile('01-context-null.ndjson'), 'utf8').split('\n')
  const deep = second
    .replace(', "context": null', '')
    .replace('"revenue": 49', `"revenue": 49, "deep": ${'['.repeat(DEPTH)}${']'.repeat(DEPTH)}`)
  return folder.write('01-deep.ndjson', [first, deep, third].join('\n'))
}

describe('tractionboard replay', () => {
  it.each<[string, () => string]>([
    ['has a null context', () => caseFile('01-context-null.ndjson')],
    ['has null personas', () => caseFile('01-personas-null.ndjson')],
    ['is nested thousands of levels deep', deepFile]
  ])('rejects a call that %s with its line, and delivers the others', async (_, file) => {
    const { printed, failure } = await replay(file())
    expect(failure).toBe('\nNot everything was delivered: 1 call was rejected.')
    expect(printed).toMatch(
      /1 × payment: actions-core cannot process this call: .+\n +01-[\w-]+\.ndjson, line 2, message a2/
    )
    expect(sandbox.dashboard()).toMatchObject({ users: 2, earnings: { USD: '98.00' } })
  })

  it('reads a file with a byte-order mark from its first call on', async () => {
    const { failure } = await replay(caseFile('05-bom.ndjson'))
    expect(failure).toBeUndefined()
    expect(sandbox.dashboard()).toMatchObject({ users: 3, earnings: { USD: '30.00' } })
  })

  it('fails if calls were rejected and lines are malformed', async () => {
    const { printed, failure } = await replay(caseFile('07-rejected-and-malformed.ndjson'))
    expect(failure).toBe('\nNot everything was delivered: 1 call was rejected, 2 lines are no calls.')
    expect(printed).toContain('07-rejected-and-malformed.ndjson, line 2 is not JSON')
    expect(printed).toContain('07-rejected-and-malformed.ndjson, line 3 is not a Segment call: it has no type')
  })

  it('refuses lines that are not UTF-8, and merges nobody', async () => {
    const { printed, failure } = await replay(caseFile('36-latin1-bytes.ndjson'))
    expect(failure).toBe('\nNot everything was delivered: 3 lines are no calls.')
    expect(printed.match(/36-latin1-bytes\.ndjson, line \d is not UTF-8 text/g)).toHaveLength(3)
    expect(sandbox.dashboard().users).toBe(0)
  })
})
