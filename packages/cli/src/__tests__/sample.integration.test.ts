import destination from '@tractionboard/destination'
import { replay, type ReplayReport, withBaseUrl } from '@tractionboard/local-segment'
import { startSandbox, type Sandbox } from '@tractionboard/sandbox'
import { reference } from '@tractionboard/testing/reference'
import { SILENT } from '@tractionboard/testing/silent-progress'
import { SAMPLE_SPEND, sampleFiles } from '../sample'

const expected = reference(sampleFiles(), { USD: SAMPLE_SPEND.USD.toFixed(2) })

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

describe("the sample's dashboard", () => {
  it('has the expected numbers, to the cent', () => {
    const { events, churnRate, sources: _sources, ...numbers } = expected.dashboard
    expect(sandbox.dashboard()).toMatchObject({
      ...numbers,
      custom_events: events,
      churn_rate: churnRate,
      spend: { USD: SAMPLE_SPEND.USD.toFixed(2) }
    })
  })

  it('has the expected sources of customers', () => {
    const found = sandbox
      .dashboard()
      .sources.filter(({ customers }) => customers > 0)
      .map(({ kind, source, medium, campaign, customers }) => [kind, source, medium, campaign, customers])
    const right = expected.dashboard.sources.map(({ kind, source, medium, name, host, customers }) => [
      kind,
      source ?? host,
      medium,
      name,
      customers
    ])
    expect(found.sort()).toEqual(right.sort())
  })
})

describe("the sample's users", () => {
  it('are exactly the expected ones', () => {
    expect(sandbox.users().map(({ external_user_id }) => external_user_id)).toEqual(expected.users.map(({ id }) => id))
  })

  it('each have the expected status, attributes, money and first touch', () => {
    const found = sandbox
      .users()
      .map(({ external_user_id, status, attributes, earnings, refunds, revenue, first_touch }) => ({
        id: external_user_id,
        status,
        attributes,
        earnings,
        refunds,
        revenue,
        touch:
          first_touch.kind === 'campaign' ? [first_touch.source, first_touch.medium, first_touch.name] : first_touch
      }))
    const right = expected.users.map(({ id, status, attributes, earnings, refunds, revenue, firstTouch }) => ({
      id,
      status,
      attributes,
      earnings,
      refunds,
      revenue,
      touch: touchOf(firstTouch)
    }))
    expect(found).toEqual(right)
  })
})

const placeOf = (file: string, line: number) => `${file.split('/').pop() as string}:${line}`

function touchOf({ kind, source, medium, name, host }: (typeof expected.users)[number]['firstTouch']) {
  if (kind === 'campaign') return [source, medium, name]
  return kind === 'referral' ? { kind, host } : { kind }
}
