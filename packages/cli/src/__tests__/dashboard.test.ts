import type { Dashboard } from '@tractionboard/sandbox'
import { describeDashboard } from '../report/dashboard'
import { textWidth } from '../terminal'

const EMPTY: Dashboard = {
  visits: 0,
  logins: 0,
  signups: 0,
  custom_events: 0,
  users: 0,
  visitors: 0,
  customers: 0,
  canceled: 0,
  churn_month: null,
  churn_rate: null,
  canceled_share: null,
  earnings: {},
  refunds: {},
  revenue: {},
  spend: {},
  people_signed_up: 0,
  uac: {},
  sources: [],
  months: [],
  uac_by_source: []
}

type Month = Dashboard['months'][number]

const month = (name: string, more: Partial<Month> = {}): Month => ({
  month: name,
  active_at_start: 0,
  new: 0,
  canceled: 0,
  churn_rate: null,
  spend: {},
  people_signed_up: 0,
  uac: {},
  ...more
})

const source = (name: string, more: Partial<Dashboard['sources'][number]> = {}): Dashboard['sources'][number] => ({
  name,
  kind: 'campaign',
  source: name,
  medium: null,
  campaign: null,
  people: 0,
  signups: 0,
  people_signed_up: 0,
  customers: 0,
  revenue: {},
  ...more
})

const describeIt = (more: Partial<Dashboard>) => describeDashboard({ ...EMPTY, ...more })

/** The lines from a heading to the next blank line. */
function sectionOf(lines: string[], heading: string): string[] {
  const start = lines.indexOf(heading)
  const end = lines.indexOf('', start)
  return start === -1 ? [] : lines.slice(start + 1, end === -1 ? undefined : end)
}

describe('describeDashboard', () => {
  it('names the month of the churn rate', () => {
    const lines = describeIt({
      customers: 4,
      canceled: 2,
      canceled_share: 0.5,
      churn_month: '2026-05',
      churn_rate: 0.25,
      months: [
        month('2026-04', { churn_rate: 0.25 }),
        month('2026-05', { active_at_start: 3, new: 1, canceled: 1, churn_rate: 0.25 }),
        month('2026-06', { active_at_start: 3, churn_rate: 0, spend: { USD: '5.00' }, uac: { USD: null } })
      ]
    })
    expect(sectionOf(lines, 'Customers')).toEqual(
      expect.arrayContaining(['  canceled share         50.0 %', '  churn rate of 2026-05  25.0 %'])
    )
    expect(sectionOf(lines, 'Churn by month (UTC)')).toContain('  2026-05                3    1         1      25.0 %')
  })

  it('says why there is no churn rate', () => {
    expect(sectionOf(describeIt({}), 'Customers')).toEqual(
      expect.arrayContaining(['  canceled share        – (no customers)', '  churn rate            – (no events)'])
    )
    expect(sectionOf(describeIt({ churn_month: '2026-03' }), 'Customers')).toContain(
      '  churn rate of 2026-03  – (nobody was active)'
    )
  })

  it('says why there is no UAC', () => {
    const lines = describeIt({ spend: { JPY: '1235', USD: '5.00' }, uac: { JPY: null, USD: null } })
    expect(sectionOf(lines, 'Revenue and acquisition cost').slice(-4)).toEqual([
      '  spend                                 JPY 1,235',
      '                                        USD 5.00',
      '  UAC (spend per person who signed up)  JPY – (nobody signed up)',
      '                                        USD – (nobody signed up)'
    ])
  })

  it('shows the UAC by source if a spend has a source', () => {
    const cost = { people_signed_up: 4, spend: { USD: '10.00' }, uac: { USD: '2.50' } }
    const lines = describeIt({
      uac_by_source: [
        { source: 'google', ...cost },
        { source: 'other', spend: {}, people_signed_up: 1, uac: {} }
      ]
    })
    expect(sectionOf(lines, 'Acquisition cost by source')).toEqual([
      '  source  signed up  spend      UAC',
      '  google          4  USD 10.00  USD 2.50',
      '  other           1  –          –'
    ])
    const without = describeIt({ uac_by_source: [{ source: 'other', spend: {}, people_signed_up: 1, uac: {} }] })
    expect(without).not.toContain('Acquisition cost by source')
  })

  it('lists the latest months and the first sources if there are very many', () => {
    const months = Array.from({ length: 30 }, (_, index) => month(`20${10 + index}-01`))
    const sources = Array.from({ length: 1030 }, (_, index) => source(`s${index}`))
    const lines = describeIt({ months, sources })
    const listed = sectionOf(lines, 'Churn by month (UTC)')
    expect(listed).toHaveLength(26)
    expect([listed[1], listed[24], listed[25]]).toEqual([
      expect.stringMatching(/^ {2}2016-01 /) as string,
      expect.stringMatching(/^ {2}2039-01 /) as string,
      '  and 6 earlier'
    ])
    expect(sectionOf(lines, 'Where customers come from').at(-1)).toBe('  and 1,006 more')
  })

  it('fits 80 columns, however long names and amounts are', () => {
    const amounts = { HUF: '1234567890.00', KWD: '123456789.125', USD: '123456789.00' }
    const cost = { people_signed_up: 1234567, spend: amounts, uac: amounts }
    const counts = { people: 1234567, people_signed_up: 1234567, customers: 1234567, revenue: amounts }
    const lines = describeIt({
      ...cost,
      earnings: amounts,
      refunds: amounts,
      revenue: amounts,
      visits: 123456789,
      visitors: 123456789,
      sources: ['x'.repeat(500), '日本語'.repeat(100), '👩‍👧‍👦'.repeat(100)].map((name) => source(name, counts)),
      uac_by_source: [{ source: 'x'.repeat(500), ...cost }],
      months: [month('2026-03', { active_at_start: 1234567, new: 1234567, canceled: 1234567, churn_rate: 1, ...cost })]
    })
    expect(lines.filter((line) => textWidth(line) > 80)).toEqual([])
    expect(lines.some((line) => line.startsWith('  日本語'))).toBe(true)
  })
})
