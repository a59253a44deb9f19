import destination from '@tractionboard/destination'
import { replay, type ReplayReport, withBaseUrl } from '@tractionboard/local-segment'
import { startSandbox, type Sandbox } from '@tractionboard/sandbox'
import { differences } from '@tractionboard/testing/compare'
import { reference } from '@tractionboard/testing/reference'
import { SILENT } from '@tractionboard/testing/silent-progress'
import { SAMPLE_SPEND, sampleFiles } from '../sample'

const expected = reference(sampleFiles(), [{ currency: 'USD', amount: SAMPLE_SPEND.USD }])

let sandbox: Sandbox
let report: ReplayReport

beforeAll(async () => {
  sandbox = await startSandbox({ spend: SAMPLE_SPEND })
  report = await replay(withBaseUrl(destination, sandbox.origin), { tokenId: sandbox.token }, sampleFiles(), SILENT)
}, 60_000)

afterAll(() => sandbox.close())

describe('the replayed sample', () => {
  it('has an outcome for every call', () => {
    const { read, accepted, duplicates, rejected, notSubscribed } = report
    expect({ read, accepted, duplicates, rejected, notSubscribed }).toEqual({
      read: expected.calls,
      accepted: expected.totals.accepted,
      duplicates: expected.totals.duplicate,
      rejected: expected.totals.rejected,
      notSubscribed: expected.totals['not subscribed']
    })
    expect(accepted + duplicates + rejected + notSubscribed).toBe(read)
  })

  it('has the expected number of accepted events of each action', () => {
    const counts = Object.entries(expected.actions).map(([action, { accepted }]) => [action, accepted])
    expect(report.actions).toEqual(Object.fromEntries(counts))
  })

  it('has exactly the expected rejections, with location and field', () => {
    const wrong = expected.verdicts.filter(({ status }) => status === 'rejected')
    const rejected = report.rejections.flatMap(({ action, reason, calls }) =>
      calls.map(({ file, line }) => ({ place: placeOf(file, line), action, reason }))
    )
    expect(rejected.map(({ place, action }) => [place, action]).sort()).toEqual(
      wrong.map(({ file, line, action }) => [placeOf(file, line), action]).sort()
    )
    for (const { file, line, field } of wrong) {
      expect(rejected.find(({ place }) => place === placeOf(file, line))?.reason).toContain(field)
    }
  })

  it('has the malformed lines by file and line', () => {
    const malformed = report.malformedLines.map(({ file, line }) => placeOf(file, line))
    expect(malformed).toEqual(expected.malformedLines.map(({ file, line }) => placeOf(file, line)))
  })
})

describe("the sample's dashboard and users", () => {
  it('have the expected numbers, to the cent, and nobody else', () => {
    expect(differences(sandbox, expected)).toEqual([])
  })
})

const placeOf = (file: string, line: number) => `${file.split('/').pop() as string}:${line}`
