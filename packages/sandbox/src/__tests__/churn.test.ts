import type { WireEvent } from '@tractionboard/contract'
import { on } from './support/events'
import { readModel } from './support/read-model'

/** An event of a user on a day of a month of 2026, such as `03-15`. */
const at = (day: string, type: 'signup' | 'payment' | 'cancel' | 'visit', user: string): WireEvent => ({
  ...on(1, type, { user, id: `${type} ${day} ${user}` }),
  occurred_at: `2026-${day}T00:00:00Z`
})

/** What the months say of churn: active at the start, new, canceled, churn rate. */
const churn = (...events: WireEvent[]) =>
  Object.fromEntries(
    readModel(events).dashboard.months.map((each) => [
      each.month,
      [each.active_at_start, each.new, each.canceled, each.churn_rate]
    ])
  )

describe('the churn of a month', () => {
  it('divides who canceled by who was active at the start or came', () => {
    const january = ['a', 'b', 'c'].map((user) => at('01-10', 'signup', user))
    expect(churn(...january, at('02-05', 'payment', 'd'), at('02-06', 'cancel', 'a'))).toEqual({
      '2026-01': [0, 3, 0, 0],
      '2026-02': [3, 1, 1, 0.25]
    })
  })

  it('counts who came and canceled in it as new and canceled', () => {
    expect(churn(at('01-10', 'signup', 'a'), at('01-11', 'cancel', 'a'))).toEqual({ '2026-01': [0, 1, 1, 1] })
  })

  it('counts who canceled and came back in it as canceled and not as new', () => {
    const events = [at('01-10', 'signup', 'a'), at('02-05', 'cancel', 'a'), at('02-06', 'payment', 'a')]
    expect(churn(...events)).toEqual({ '2026-01': [0, 1, 0, 0], '2026-02': [1, 0, 1, 1] })
  })

  it('counts who came back in a later month as new', () => {
    const events = [at('01-10', 'signup', 'a'), at('01-11', 'cancel', 'a'), at('02-06', 'signup', 'a')]
    expect(churn(...events)).toEqual({ '2026-01': [0, 1, 1, 1], '2026-02': [0, 1, 0, 0] })
  })

  it('counts each customer once, however often they come and cancel', () => {
    const days = ['10', '12', '14'].map((day) => at(`01-${day}`, 'signup', 'a'))
    const cancels = ['11', '13', '15'].map((day) => at(`01-${day}`, 'cancel', 'a'))
    expect(churn(...days, ...cancels)).toEqual({ '2026-01': [0, 1, 1, 1] })
  })

  it('has a customer whose first event is a cancel as active before', () => {
    expect(churn(at('01-10', 'visit', 'b'), at('02-10', 'cancel', 'a'))).toEqual({
      '2026-01': [1, 0, 0, 0],
      '2026-02': [1, 0, 1, 1]
    })
  })

  it('ignores a cancel of who is canceled already', () => {
    expect(churn(at('01-10', 'cancel', 'a'), at('02-10', 'cancel', 'a'))).toEqual({
      '2026-01': [1, 0, 1, 1],
      '2026-02': [0, 0, 0, null]
    })
  })

  it('is unknown if nobody was active', () => {
    expect(churn(at('01-10', 'visit', 'a'))).toEqual({ '2026-01': [0, 0, 0, null] })
  })

  it('has an event of midnight in the month that starts', () => {
    expect(churn(at('01-31', 'signup', 'a'), at('02-01', 'cancel', 'a'))).toMatchObject({ '2026-02': [1, 0, 1, 1] })
  })

  it('is of the month in UTC', () => {
    const event = { ...at('02-01', 'signup', 'a'), occurred_at: '2026-02-01T00:30:00+01:00' }
    expect(churn(event)).toEqual({ '2026-01': [0, 1, 0, 0] })
  })

  it('leaves months without events out, and remembers who is active', () => {
    expect(churn(at('01-10', 'signup', 'a'), at('11-10', 'visit', 'a'))).toEqual({
      '2026-01': [0, 1, 0, 0],
      '2026-11': [1, 0, 0, 0]
    })
  })

  it('does not count a visitor who pays', () => {
    expect(churn(on(1, 'payment', { anonymous: 'a' }))).toEqual({ '2026-01': [0, 0, 0, null] })
  })
})

describe('the churn rate', () => {
  const events = [at('01-10', 'signup', 'a'), at('01-10', 'signup', 'b'), at('02-10', 'cancel', 'a')]

  it('is that of the latest month with an event', () => {
    expect(readModel(events).dashboard).toMatchObject({ churn_month: '2026-02', churn_rate: 0.5 })
  })

  it('is that of the latest month with any event', () => {
    const { dashboard } = readModel([...events, at('03-10', 'visit', 'b')], [])
    expect(dashboard).toMatchObject({ churn_month: '2026-03', churn_rate: 0 })
  })

  it('is not that of a later month with only a spend', () => {
    const spend = [{ currency: 'USD', amount: 1, month: '2026-05' }]
    expect(readModel(events, spend).dashboard).toMatchObject({ churn_month: '2026-02', churn_rate: 0.5 })
  })
})
