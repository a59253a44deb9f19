import destination from '@tractionboard/destination'
import { replay, withBaseUrl } from '@tractionboard/local-segment'
import { startSandbox } from '@tractionboard/sandbox'
import { differences } from '../compare'
import { hostileCalls } from '../hostile-calls'
import { createRng } from '../random'
import { reference } from '../reference'
import { SILENT } from '../silent-progress'
import { testFolder } from '../test-folder'

const SPEND = [
  { currency: 'USD', amount: 100.05, source: 'GOOGLE' },
  { currency: 'JPY', amount: 7, month: '2026-02' },
  { currency: 'USD', amount: 3, source: 'radio', month: '2025-12' }
]

const folder = testFolder()
afterAll(() => folder.remove())

describe('the destination and the sandbox', () => {
  it.each([1, 2, 3, 4, 5, 6])('agree with the reference on calls with mistakes (seed %i)', async (seed) => {
    const calls = hostileCalls(250, createRng(seed)).map((call) => JSON.stringify(call))
    const file = folder.write(`${seed}.ndjson`, calls.join('\n'))
    const expected = reference([file], SPEND)
    const sandbox = await startSandbox()
    try {
      await fetch(`${sandbox.origin}/sandbox/spend`, {
        method: 'PUT',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(SPEND)
      })
      const report = await replay(withBaseUrl(destination, sandbox.origin), { tokenId: sandbox.token }, [file], SILENT)
      const rejected = report.rejections.flatMap((rejection) => rejection.calls.map(({ line }) => line))
      const wrong = expected.verdicts.filter(({ status, line }) => (status === 'rejected') !== rejected.includes(line))
      expect(wrong.map((verdict) => [verdict, calls[verdict.line - 1]])).toEqual([])
      expect(differences(sandbox, expected)).toEqual([])
    } finally {
      await sandbox.close()
    }
  })
})
