import { on } from './support/events'
import { call, send, sendEvents } from './support/http'
import { useSandbox } from './support/sandbox'

const sandbox = useSandbox()

const ENDPOINTS = [
  ['POST', '/v1/events'],
  ['GET', '/v1/token'],
  ['POST', '/v1/erasures']
] as const

describe('the Token ID', () => {
  it('is good if it is the one that the sandbox was started with', async () => {
    expect(await call(sandbox(), 'GET', '/v1/token')).toMatchObject({ status: 200, json: { valid: true } })
  })

  it.each(ENDPOINTS)('is required by %s %s', async (method, path) => {
    const reply = await call(sandbox(), method, path, { token: null })
    expect(reply).toMatchObject({
      status: 401,
      json: { detail: expect.stringContaining('The Token ID is missing. Send it as a bearer token.') as string }
    })
  })

  it.each(ENDPOINTS)('must be the right one for %s %s', async (method, path) => {
    const reply = await call(sandbox(), method, path, { token: 'another' })
    expect(reply).toMatchObject({
      status: 401,
      json: { detail: expect.stringContaining('The Token ID is not known.') as string }
    })
  })

  it('must be sent as a bearer token', async () => {
    const headers = { authorization: `Basic ${sandbox().token}` }
    expect((await call(sandbox(), 'GET', '/v1/token', { headers })).status).toBe(401)
  })

  it('is checked before anything is stored', async () => {
    await call(sandbox(), 'POST', '/v1/events', { token: 'another', body: { events: [on(1, 'login', { user: 'u' })] } })
    expect(sandbox().dashboard().users).toBe(0)
  })
})

describe('an address', () => {
  it.each(['/', '/v1', '/v1/token/', '/V1/token', '/v1/users/u', '/v1/erasures/u', '/v2/events'])(
    'like %s is not found',
    async (path) => {
      expect((await call(sandbox(), 'GET', path)).status).toBe(404)
    }
  )

  it.each([
    ['GET', '/v1/events', 'POST'],
    ['POST', '/v1/token', 'GET'],
    ['DELETE', '/v1/erasures', 'POST']
  ])('does not take another method: %s %s', async (method, path, allow) => {
    expect(await call(sandbox(), method, path)).toMatchObject({ status: 405, headers: { allow } })
  })

  it('may not be encoded wrongly', async () => {
    expect(await send(sandbox(), 'GET', '/sandbox/users/%E0%A4')).toMatchObject({ status: 400, json: { status: 400 } })
  })
})

const erase = (body: unknown) => call(sandbox(), 'POST', '/v1/erasures', { body })

describe('POST /v1/erasures with a user', () => {
  const events = [
    on(1, 'visit', { anonymous: 'a' }),
    on(2, 'signup', { user: 'old', anonymous: 'a' }),
    on(3, 'payment', { user: 'old' }),
    on(4, 'alias', { user: 'new', previous_id: 'old' }),
    on(5, 'login', { user: 'new' })
  ]
  const other = [on(1, 'login', { user: 'other', id: 'other' }), on(1, 'visit', { anonymous: 'b', id: 'b' })]

  it.each(['new', 'old'])('erases all events of the user with the id %s', async (id) => {
    await sendEvents(sandbox(), [...events, ...other])
    await erase({ external_user_id: id })
    expect(sandbox().dashboard()).toMatchObject({ users: 1, visitors: 1, visits: 1, logins: 1, earnings: {} })
  })

  it('responds with 204', async () => {
    await sendEvents(sandbox(), events)
    expect((await erase({ external_user_id: 'new' })).status).toBe(204)
  })

  it('responds with 204 if there is no such id', async () => {
    expect((await erase({ external_user_id: 'nobody' })).status).toBe(204)
  })

  it('responds with 204 when it is sent again', async () => {
    await sendEvents(sandbox(), events)
    await erase({ external_user_id: 'new' })
    expect((await erase({ external_user_id: 'new' })).status).toBe(204)
  })

  it('lets the same events be sent anew', async () => {
    await sendEvents(sandbox(), events)
    await erase({ external_user_id: 'new' })
    expect((await sendEvents(sandbox(), events)).json).toMatchObject({ accepted: events.length })
  })

  it.each(['a/b', '..', 'ada@acme.example', 'ü ß', '100%', '?x=1#y', '__proto__', '\ud800', '\u0000', 'x'.repeat(255)])(
    'accepts the id %s',
    async (user) => {
      await sendEvents(sandbox(), [on(1, 'login', { user }), on(1, 'login', { user: 'other' })])
      await erase({ external_user_id: user })
      expect(sandbox().users()).toEqual([expect.objectContaining({ external_user_id: 'other' })])
    }
  )

  it('does not erase another user of the same device', async () => {
    const events = [
      on(1, 'login', { user: 'first', anonymous: 'a' }),
      on(2, 'login', { user: 'second', anonymous: 'a' })
    ]
    await sendEvents(sandbox(), events)
    await erase({ external_user_id: 'first' })
    expect(sandbox().users()).toEqual([expect.objectContaining({ external_user_id: 'second' })])
  })

  it('does not mistake an anonymous id for an External User ID', async () => {
    await sendEvents(sandbox(), events)
    await erase({ external_user_id: 'a' })
    expect(sandbox().dashboard().users).toBe(1)
  })
})

describe('POST /v1/erasures with a visitor', () => {
  const events = [
    on(1, 'visit', { anonymous: 'a/b' }),
    on(2, 'login', { user: 'u', anonymous: 'a/b' }),
    on(1, 'visit', { anonymous: 'other' })
  ]

  it('erases what was done without an External User ID, and nothing else', async () => {
    await sendEvents(sandbox(), events)
    await erase({ anonymous_id: 'a/b' })
    expect(sandbox().dashboard()).toMatchObject({ users: 1, visitors: 1, visits: 1, logins: 1 })
  })

  it('responds with 204', async () => {
    await sendEvents(sandbox(), events)
    expect((await erase({ anonymous_id: 'other' })).status).toBe(204)
  })

  it('responds with 204 if there is no such id', async () => {
    expect((await erase({ anonymous_id: 'nobody' })).status).toBe(204)
  })
})

describe('POST /v1/erasures', () => {
  const events = [
    on(1, 'visit', { anonymous: 'a' }),
    on(1, 'login', { user: 'u' }),
    on(1, 'login', { user: 'a', id: 'other' })
  ]

  it('erases a user and a visitor', async () => {
    await sendEvents(sandbox(), events)
    await erase({ external_user_id: 'u', anonymous_id: 'a' })
    expect(sandbox().dashboard()).toMatchObject({ users: 1, visitors: 0, logins: 1 })
  })

  it.each([
    ['no id', {}, 'external_user_id and anonymous_id are both missing from the request. Add at least one of them.'],
    ['a number', { external_user_id: 7 }, 'external_user_id of the request is not a string. Send a string.'],
    [
      'another field',
      { user: 'u', anonymous_id: 'a' },
      'user of the request is not a known field. Remove it, or correct its name.'
    ],
    ['a list', [], 'The request is not an object. Send an object.']
  ])('erases nothing with %s', async (_what, body, detail) => {
    await sendEvents(sandbox(), events)
    expect(await erase(body)).toMatchObject({ status: 400, json: { detail } })
    expect(sandbox().dashboard()).toMatchObject({ users: 2, visitors: 1 })
  })
})
