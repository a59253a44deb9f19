import type { WireEvent } from '@tractionboard/contract'
import type { SpendEntry } from '../model/spend'
import { on } from './support/events'
import { readModel } from './support/read-model'

const dashboard = (events: WireEvent[], spend: SpendEntry[]) => readModel(events, spend).dashboard
const usd = (amount: number, more: Partial<SpendEntry> = {}): SpendEntry => ({ currency: 'USD', amount, ...more })
const signup = (user: string, source?: string, day = 1) =>
  on(day, 'signup', { user, ...(source !== undefined && { context: { campaign: { source } } }) })

describe('the user acquisition cost', () => {
  it('is the spend divided by the people who signed up', () => {
    const signups = ['a', 'b', 'c'].map((user) => signup(user))
    expect(dashboard(signups, [usd(100), { currency: 'EUR', amount: 0.3 }])).toMatchObject({
      spend: { EUR: '0.30', USD: '100.00' },
      people_signed_up: 3,
      uac: { EUR: '0.10', USD: '33.33' }
    })
  })

  it('counts a person whose signup was reported twice once', () => {
    expect(dashboard([signup('a'), signup('a', 'mail', 2)], [usd(100)])).toMatchObject({
      signups: 2,
      people_signed_up: 1,
      uac: { USD: '100.00' }
    })
  })

  it('counts a person with two ids once', () => {
    const events = [signup('old'), on(2, 'alias', { user: 'new', previous_id: 'old' }), signup('new', undefined, 3)]
    expect(dashboard(events, [usd(100)]).uac).toStrictEqual({ USD: '100.00' })
  })

  it('adds up all entries of a currency', () => {
    const spend = [usd(0.1), usd(0.2, { source: 'mail' }), usd(0.3, { month: '2026-03' })]
    expect(dashboard([signup('a')], spend)).toMatchObject({ spend: { USD: '0.60' }, uac: { USD: '0.60' } })
  })

  it('is unknown for each currency if nobody signed up', () => {
    expect(dashboard([on(1, 'visit', { user: 'u' })], [usd(100)]).uac).toStrictEqual({ USD: null })
  })

  it('is empty without a spend', () => {
    expect(dashboard([signup('a')], []).uac).toStrictEqual({})
  })

  it.each([
    ['JPY', 1, '1'],
    ['KWD', 0.001, '0.001'],
    ['USD', 0.03, '0.02'],
    ['USD', 0.01, '0.01'],
    ['USD', 0.0099, '0.00']
  ])('is rounded to the digits of %s, a half away from zero (%d for two)', (currency, amount, uac) => {
    expect(dashboard([signup('a'), signup('b')], [{ currency, amount }]).uac).toStrictEqual({ [currency]: uac })
  })
})

describe('the user acquisition cost, below half a cent', () => {
  it('is rounded down, however small the difference', () => {
    const spend = [usd(0.009999999999999), usd(9.999999e-16)]
    expect(dashboard([signup('a'), signup('b')], spend).uac).toStrictEqual({ USD: '0.00' })
  })
})

describe('the user acquisition cost by source', () => {
  const bySource = (events: WireEvent[], spend: SpendEntry[]) => dashboard(events, spend).uac_by_source

  it('divides the spend on a source by the people whom it first brought, most people first', () => {
    const events = [signup('a', 'mail'), signup('b', 'google'), signup('c', 'google')]
    expect(bySource(events, [usd(30, { source: 'google' }), usd(5, { source: 'mail' })])).toStrictEqual([
      { source: 'google', spend: { USD: '30.00' }, people_signed_up: 2, uac: { USD: '15.00' } },
      { source: 'mail', spend: { USD: '5.00' }, people_signed_up: 1, uac: { USD: '5.00' } }
    ])
  })

  it('adds up the mediums and campaigns of a source', () => {
    const events = ['cpc', 'email'].map((medium) =>
      on(1, 'signup', { user: medium, context: { campaign: { source: 'x', medium } } })
    )
    expect(bySource(events, [])).toMatchObject([{ source: 'x', people_signed_up: 2 }])
  })

  it('has the host of a referral as a source', () => {
    const context = { page: { referrer: 'https://news.example/' } }
    const spend = [usd(3, { source: 'News.Example' })]
    expect(bySource([on(1, 'signup', { user: 'a', context })], spend)).toMatchObject([
      { source: 'news.example', uac: { USD: '3.00' } }
    ])
  })

  it('matches a spend without regard to upper case and blanks, and shows the source as first written', () => {
    const events = [signup('b', 'googleads', 2), signup('a', 'Google Ads', 1)]
    expect(bySource(events, [usd(10, { source: 'GOOGLE  ads' })])).toMatchObject([
      { source: 'Google Ads', people_signed_up: 2, uac: { USD: '5.00' } }
    ])
  })

  it('shows a source as a visitor who did not sign up first wrote it', () => {
    const visit = on(1, 'visit', { anonymous: 'v', context: { campaign: { source: 'MAIL' } } })
    expect(bySource([visit, signup('a', 'mail', 2)], [])).toMatchObject([{ source: 'MAIL', people_signed_up: 1 }])
  })

  it('shows a spend that matches nobody under its own name as first given', () => {
    const spend = [usd(1, { source: 'Radio' }), usd(2, { source: 'radio' })]
    expect(bySource([signup('a')], spend)).toStrictEqual([
      { source: 'Radio', spend: { USD: '3.00' }, people_signed_up: 0, uac: { USD: null } }
    ])
  })

  it('shows no source without a spend from which nobody signed up', () => {
    const visit = on(1, 'visit', { anonymous: 'v', context: { campaign: { source: 'mail' } } })
    expect(bySource([visit], [])).toStrictEqual([])
  })

  it('shows neither direct people, nor a campaign without a source, nor a spend without one', () => {
    const noSource = on(1, 'signup', { user: 'b', context: { campaign: { medium: 'cpc' } } })
    expect(bySource([signup('a'), noSource], [usd(10)])).toStrictEqual([])
  })
})

describe('the user acquisition cost by month', () => {
  const byMonth = (events: WireEvent[], spend: SpendEntry[]) =>
    Object.fromEntries(
      dashboard(events, spend).months.map(({ month, spend, people_signed_up, uac }) => [
        month,
        [spend, people_signed_up, uac]
      ])
    )

  it("divides a month's spend by the people who first signed up in it", () => {
    const later = { ...signup('a'), id: 'later', occurred_at: '2026-02-01T00:00:00Z' }
    const spend = [usd(100, { month: '2026-01' }), usd(7, { month: '2026-02', source: 'mail' }), usd(1000)]
    expect(byMonth([signup('a'), signup('b'), later], spend)).toStrictEqual({
      '2026-01': [{ USD: '100.00' }, 2, { USD: '50.00' }],
      '2026-02': [{ USD: '7.00' }, 0, { USD: null }]
    })
  })

  it('has a month that has only a spend', () => {
    expect(byMonth([], [usd(5, { month: '2025-12' })])).toStrictEqual({
      '2025-12': [{ USD: '5.00' }, 0, { USD: null }]
    })
  })

  it('has no month for a spend without one', () => {
    expect(byMonth([], [usd(5)])).toStrictEqual({})
  })
})
