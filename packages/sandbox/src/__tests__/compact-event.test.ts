import { compactEvent } from '../compact-event'
import { StringPool } from '../string-pool'
import { on } from './support/events'

describe('compactEvent', () => {
  it('changes nothing but the time', () => {
    const page = { url: 'https://acme.example/', title: 'Home', referrer: '', path: '/' }
    const event = on(1, 'visit', { user: 'u', anonymous: 'a', name: 'Home', context: { user_agent: 'Firefox', page } })
    const pool = new StringPool()
    const [one, other] = [event, event].map((each) => compactEvent(structuredClone(each), pool))
    const expected = { ...event, occurred_at: { seconds: 1767268800, nanoseconds: 0 } }
    expect([one, other]).toStrictEqual([expected, expected])
  })

  it('throws at an event without a valid time', () => {
    const event = { ...on(1, 'login', { user: 'u' }), occurred_at: 'yesterday' }
    expect(() => compactEvent(event, new StringPool())).toThrow('occurred_at is not an RFC 3339 date-time.')
  })
})
