import { on } from './support/events'
import { readModel } from './support/read-model'

describe('activity', () => {
  it('counts the events and adds up the money of each month that has an event', () => {
    const model = readModel([
      on(2, 'visit', { anonymous: 'a' }),
      on(3, 'login', { user: 'u' }),
      on(4, 'payment', { user: 'u', amount: 0.1 }),
      on(5, 'payment', { user: 'u', amount: 0.2 }),
      on(6, 'refund', { user: 'u', amount: 5, occurred_at: '2026-03-31T23:59:59Z' })
    ])
    expect(model.activity()).toEqual([
      {
        month: '2026-01',
        visits: 1,
        logins: 1,
        signups: 0,
        custom_events: 0,
        earnings: { USD: '0.30' },
        refunds: {},
        revenue: { USD: '0.30' }
      },
      {
        month: '2026-03',
        visits: 0,
        logins: 0,
        signups: 0,
        custom_events: 0,
        earnings: {},
        refunds: { USD: '5.00' },
        revenue: { USD: '-5.00' }
      }
    ])
  })
})

describe('eventsOf', () => {
  const model = readModel([
    on(9, 'login', { user: 'u', anonymous: 'a' }),
    on(1, 'visit', { anonymous: 'a' }),
    on(2, 'visit', { anonymous: 'another' })
  ])

  it.each(['u', 'a'])('gives what the user did, sorted by time, by the id %s', (id) => {
    expect(model.eventsOf(id).map(({ type, occurred_at }) => [type, occurred_at.slice(0, 10)])).toEqual([
      ['visit', '2026-01-01'],
      ['login', '2026-01-09']
    ])
  })

  it('gives nothing of a visitor who is no user', () => {
    expect(model.eventsOf('another')).toEqual([])
  })
})
