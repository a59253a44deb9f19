import destination from '@tractionboard/destination'
import { replay, withBaseUrl } from '@tractionboard/local-segment'
import { startSandbox, type Sandbox } from '@tractionboard/sandbox'
import { CASE_SPEND_USD, CASES, type Case } from '../cases'
import { differences } from '../compare'
import { reference } from '../reference'
import { tractionboard } from '../run-command'
import { SILENT } from '../silent-progress'
import { testFolder } from '../test-folder'

const folder = testFolder()
let sandbox: Sandbox

beforeAll(async () => {
  sandbox = await startSandbox({ spend: { USD: CASE_SPEND_USD } })
})
beforeEach(() => sandbox.reset())
afterAll(async () => {
  await sandbox.close()
  folder.remove()
})

const fileOf = ({ name, lines }: Case) => folder.write(`${name}.ndjson`, lines)

describe('the destination and the sandbox', () => {
  it.each(CASES)('have the right numbers for the case $name', async (each) => {
    const { totals, malformed = [], users, dashboard = {} } = each.right
    // Their order is free: `differences` compares them.
    const { sources: _sources, ...numbers } = dashboard
    const file = fileOf(each)
    const report = await replay(withBaseUrl(destination, sandbox.origin), { tokenId: sandbox.token }, [file], SILENT)
    const { accepted, duplicates: duplicate, rejected, malformedLines } = report
    expect({ accepted, duplicate, rejected }).toMatchObject(totals)
    expect(malformedLines.map(({ line }) => line)).toEqual(malformed)
    const shown = { dashboard: sandbox.dashboard(), users: sandbox.users() }
    expect(shown).toMatchObject({ dashboard: numbers, ...(users && { users }) })
    expect(differences(sandbox, reference([file], [{ currency: 'USD', amount: CASE_SPEND_USD }]))).toEqual([])
  })
})

describe('tractionboard replay', () => {
  const replayCase = (name: string) => {
    const file = fileOf(CASES.find((each) => each.name === name) as Case)
    return tractionboard('replay', file, '--token', sandbox.token, '--api-url', sandbox.origin)
  }

  it.each(['01-context-null', '01-personas-null', '01-deep'])(
    'rejects the call that actions-core throws at with its line, and delivers the others: %s',
    async (name) => {
      const { printed, failure } = await replayCase(name)
      expect(failure).toBe('\nNot everything was delivered: 1 call was rejected.')
      expect(printed).toMatch(
        /1 × payment: actions-core cannot process this call: .+\n +01-[\w-]+\.ndjson, line 2, message a2/
      )
    }
  )

  it('reads a file with a byte-order mark from its first call on', async () => {
    expect((await replayCase('05-bom')).failure).toBeUndefined()
  })

  it('fails if calls were rejected and lines are malformed', async () => {
    const { printed, failure } = await replayCase('07-rejected-and-malformed')
    expect(failure).toBe('\nNot everything was delivered: 1 call was rejected, 2 lines are no calls.')
    expect(printed).toContain('07-rejected-and-malformed.ndjson, line 2 is not JSON')
    expect(printed).toContain('07-rejected-and-malformed.ndjson, line 3 is not a Segment call: it has no type')
  })

  it('refuses lines that are not UTF-8', async () => {
    const { printed, failure } = await replayCase('36-latin1-bytes')
    expect(failure).toBe('\nNot everything was delivered: 3 lines are no calls.')
    expect(printed.match(/36-latin1-bytes\.ndjson, line \d is not UTF-8 text/g)).toHaveLength(3)
  })

  it.each([
    ['04-identify-with-blank-user-id', /login: .*user_?id/i],
    ['11-placeholder-ids', /login: .*user_?id/i]
  ])('says what is wrong with the userId: %s', async (name, words) => {
    expect((await replayCase(name)).printed).toMatch(words)
  })

  it('keeps control characters from the terminal', async () => {
    const { printed } = await replayCase('09-terminal-escapes')
    expect(printed).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/)
  })
})
