import type { WireEvent } from '@tractionboard/contract'
import { on } from './support/events'
import { readModel } from './support/read-model'

const people = (...events: WireEvent[]) =>
  readModel(events).users.map(({ external_user_id, previous_ids, anonymous_ids }) => ({
    id: external_user_id,
    previous: previous_ids,
    anonymous: anonymous_ids
  }))

const alias = (day: number, user: string, previous_id: string) => on(day, 'alias', { user, previous_id })

describe('an alias', () => {
  it('makes one user of two ids, known by the new one', () => {
    expect(people(on(1, 'login', { user: 'old' }), alias(2, 'new', 'old'))).toEqual([
      { id: 'new', previous: ['old'], anonymous: [] }
    ])
  })

  it('may be one of a chain', () => {
    expect(people(alias(1, 'b', 'a'), alias(2, 'c', 'b'), alias(3, 'd', 'c'))).toEqual([
      { id: 'd', previous: ['a', 'b', 'c'], anonymous: [] }
    ])
  })

  it('that closes a circle leaves one user, known by the latest id', () => {
    expect(people(alias(1, 'b', 'a'), alias(2, 'c', 'b'), alias(3, 'a', 'c'))).toEqual([
      { id: 'a', previous: ['b', 'c'], anonymous: [] }
    ])
  })

  it('merges all ids of both persons', () => {
    expect(people(alias(1, 'b', 'a'), alias(2, 'y', 'x'), alias(3, 'y', 'b'))).toEqual([
      { id: 'y', previous: ['a', 'b', 'x'], anonymous: [] }
    ])
  })

  it('is applied by the time it occurred, not by the time it arrived', () => {
    expect(people(alias(3, 'd', 'c'), alias(1, 'b', 'a'), alias(2, 'c', 'b'))).toEqual(
      people(alias(1, 'b', 'a'), alias(2, 'c', 'b'), alias(3, 'd', 'c'))
    )
  })

  it('may arrive before the events of the previous id', () => {
    expect(people(alias(1, 'new', 'old'), on(2, 'login', { user: 'old' }))).toEqual([
      { id: 'new', previous: ['old'], anonymous: [] }
    ])
  })

  it('claims a previous id that is an anonymous id', () => {
    expect(people(on(1, 'visit', { anonymous: 'a' }), alias(2, 'u', 'a'))).toEqual([
      { id: 'u', previous: [], anonymous: ['a'] }
    ])
  })

  it('that claims an anonymous id does not change the id by which the user is known', () => {
    expect(people(alias(1, 'new', 'old'), on(2, 'visit', { anonymous: 'a' }), alias(3, 'old', 'a'))).toEqual([
      { id: 'new', previous: ['old'], anonymous: ['a'] }
    ])
  })

  it('does not take an anonymous id away from the user who had it first', () => {
    expect(people(on(1, 'login', { user: 'first', anonymous: 'a' }), alias(2, 'second', 'a'))).toEqual([
      { id: 'first', previous: [], anonymous: ['a'] },
      { id: 'second', previous: [], anonymous: [] }
    ])
  })

  it('claims and merges a previous id that is an anonymous id and a user', () => {
    const both = [on(1, 'visit', { anonymous: 'a' }), on(2, 'login', { user: 'a' })]
    expect(people(...both, alias(3, 'u', 'a'))).toEqual([{ id: 'u', previous: ['a'], anonymous: ['a'] }])
  })

  it('saves the latest previous id as an attribute', () => {
    const [user] = readModel([alias(1, 'b', 'a'), alias(2, 'c', 'b')]).users
    expect(user.attributes).toStrictEqual({ previous_id: 'b' })
  })

  it('merges thousands of ids in a moment', () => {
    const chain = Array.from({ length: 5000 }, (_none, step) =>
      on(1, 'alias', { user: `u${step + 1}`, previous_id: `u${step}`, id: String(step).padStart(5, '0') })
    )
    expect(people(...chain)[0]).toMatchObject({ id: 'u5000', previous: { length: 5000 } })
  })
})

describe('an anonymous visitor', () => {
  it.each(['login', 'signup'] as const)('becomes the user at a %s, with what they did before and after', (type) => {
    const events = [
      on(1, 'visit', { anonymous: 'a' }),
      on(2, type, { user: 'u', anonymous: 'a' }),
      on(3, 'visit', { anonymous: 'a' })
    ]
    expect(readModel(events).users).toEqual([expect.objectContaining({ anonymous_ids: ['a'], visits: 2 })])
  })

  it('does not become a user who only did something else with the anonymous id', () => {
    const events = [on(1, 'visit', { anonymous: 'a' }), on(2, 'payment', { user: 'u', anonymous: 'a' })]
    expect(readModel(events).dashboard).toMatchObject({ users: 1, visitors: 1 })
  })

  it('becomes the user who was first on a shared device, whoever arrived first', () => {
    const events = [
      on(3, 'login', { user: 'second', anonymous: 'a' }),
      on(2, 'login', { user: 'first', anonymous: 'a' }),
      on(4, 'visit', { anonymous: 'a' })
    ]
    expect(readModel(events).users).toEqual([
      expect.objectContaining({ external_user_id: 'first', anonymous_ids: ['a'], visits: 1 }),
      expect.objectContaining({ external_user_id: 'second', anonymous_ids: [], visits: 0 })
    ])
  })

  it('does not get what was done under another External User ID', () => {
    const events = [
      on(1, 'login', { user: 'first', anonymous: 'a' }),
      on(2, 'payment', { user: 'second', anonymous: 'a', amount: 5 })
    ]
    expect(readModel(events).findUser('second')?.revenue).toStrictEqual({ USD: '5.00' })
  })

  it('brings its attributes along, by time', () => {
    const events = [
      on(1, 'attribute', { anonymous: 'a', attributes: { plan: 'free', lang: 'en' } }),
      on(2, 'login', { user: 'u', anonymous: 'a', attributes: { plan: 'pro' } }),
      on(3, 'attribute', { anonymous: 'a', attributes: { lang: 'es' } })
    ]
    expect(readModel(events).users[0].attributes).toStrictEqual({ lang: 'es', plan: 'pro' })
  })
})

describe('a user', () => {
  it.each(['new', 'old', 'a'])('is found by the id %s', (id) => {
    const events = [on(1, 'login', { user: 'old', anonymous: 'a' }), alias(2, 'new', 'old')]
    expect(readModel(events).findUser(id)?.external_user_id).toBe('new')
  })

  it.each(['__proto__', 'constructor', 'toString'])('may be called %s', (name) => {
    const events = [on(1, 'login', { user: name, anonymous: name }), alias(2, 'new', name)]
    expect(people(...events)).toEqual([{ id: 'new', previous: [name], anonymous: [name] }])
  })

  it.each(['__proto__', 'constructor', 'toString'])('is not found by %s if no one is called so', (name) => {
    expect(readModel([on(1, 'login', { user: 'u' })]).findUser(name)).toBeUndefined()
  })
})
