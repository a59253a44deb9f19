import { on } from './support/events'
import { call, send, sendEvents, type Sent } from './support/http'
import { useSandbox } from './support/sandbox'

const sandbox = useSandbox({ spend: { USD: 100 }, faults: { retry_after_seconds: 9 } })

const ask = (method: string, path: string, sent?: Sent) =>
  send(sandbox(), method, `/sandbox${path}`, { token: null, ...sent })

const READABLE = ['', '/health', '/dashboard', '/users', '/journal', '/spend', '/faults']

describe('the endpoints of the sandbox', () => {
  it.each(READABLE)('need no token: GET %s', async (path) => {
    expect((await ask('GET', path)).status).toBe(200)
  })

  it('name the run', async () => {
    expect((await ask('GET', '')).json).toEqual({ run: sandbox().run() })
  })

  it('name another run after a reset', async () => {
    const before = sandbox().run()
    await ask('POST', '/reset')
    expect((await ask('GET', '')).json).not.toEqual({ run: before })
  })

  it('show the number of events in the health', async () => {
    await sendEvents(sandbox(), [on(1, 'login', { user: 'u' })])
    expect((await ask('GET', '/health')).json).toEqual({ status: 'ok', events: 1 })
  })

  it('show the dashboard', async () => {
    await sendEvents(sandbox(), [on(1, 'signup', { user: 'u' })])
    const { json } = await ask('GET', '/dashboard')
    expect(json).toEqual(JSON.parse(JSON.stringify(sandbox().dashboard())))
  })

  it('show the dashboard with the latest event', async () => {
    await sendEvents(sandbox(), [on(1, 'signup', { user: 'u' })])
    await ask('GET', '/dashboard')
    await sendEvents(sandbox(), [on(2, 'cancel', { user: 'u' })])
    expect((await ask('GET', '/dashboard')).json).toMatchObject({ churn_rate: 1, canceled: 1 })
  })

  it('reject another method', async () => {
    expect(await ask('DELETE', '/users')).toMatchObject({ status: 405, headers: { allow: 'GET' } })
  })

  it('respond with a problem to an unknown address', async () => {
    expect(await ask('GET', '/nothing')).toMatchObject({
      status: 404,
      headers: { 'content-type': expect.stringContaining('application/problem+json') as string }
    })
  })
})

describe('the users', () => {
  beforeEach(() =>
    sendEvents(
      sandbox(),
      ['c', 'a/b', 'b'].map((user) => on(1, 'login', { user, anonymous: `of ${user}` }))
    )
  )

  it('are listed in order', async () => {
    expect((await ask('GET', '/users')).json).toMatchObject({
      total: 3,
      users: [{ external_user_id: 'a/b' }, { external_user_id: 'b' }, { external_user_id: 'c' }]
    })
  })

  it('are listed in pages', async () => {
    expect((await ask('GET', '/users?limit=1&offset=1')).json).toEqual({
      total: 3,
      limit: 1,
      offset: 1,
      users: [expect.objectContaining({ external_user_id: 'b' })]
    })
  })

  it.each(['limit=-1', 'limit=1001', 'limit=x', 'offset=1.5', 'limit=1&limit=2', 'limit='])(
    'are not listed for %s',
    async (query) => {
      expect((await ask('GET', `/users?${query}`)).status).toBe(400)
    }
  )

  it.each(['a/b', 'of a/b'])('are found by the id %s', async (id) => {
    expect((await ask('GET', `/users/${encodeURIComponent(id)}`)).json).toMatchObject({ external_user_id: 'a/b' })
  })

  it.each(['unknown', '__proto__'])('are not found by the id %s', async (id) => {
    expect((await ask('GET', `/users/${id}`)).status).toBe(404)
  })
})

describe('the journal', () => {
  it('has the requests, newest first', async () => {
    await sendEvents(sandbox(), [on(1, 'login', { user: 'u', id: 'm1' }), { type: 'ada', id: 7 }])
    await call(sandbox(), 'GET', '/v1/token')
    expect((await ask('GET', '/journal')).json).toEqual({
      requests: [
        {
          at: expect.stringMatching(/^\d{4}-.*Z$/) as string,
          method: 'GET',
          path: '/v1/token',
          status: 200,
          duration_ms: expect.any(Number) as number,
          faults: [],
          counts: null,
          events: []
        },
        {
          at: expect.stringMatching(/^\d{4}-.*Z$/) as string,
          method: 'POST',
          path: '/v1/events',
          status: 207,
          duration_ms: expect.any(Number) as number,
          faults: [],
          counts: { accepted: 1, duplicates: 0, rejected: 1 },
          events: [
            { type: 'login', id: 'm1' },
            { type: null, id: null }
          ]
        }
      ]
    })
  })

  it('shows as many requests as the limit', async () => {
    await call(sandbox(), 'GET', '/v1/token')
    await call(sandbox(), 'GET', '/v1/token', { token: 'another' })
    expect((await ask('GET', '/journal?limit=1')).json).toMatchObject({ requests: [{ status: 401 }] })
  })

  it('keeps only the latest 200', async () => {
    for (let each = 0; each < 201; each++) await send(sandbox(), 'GET', '/v1/token')
    expect((await ask('GET', '/journal')).json).toMatchObject({ requests: { length: 200 } })
  })

  it('has nothing personal, and no token', async () => {
    const ada = 'ada@acme.example'
    await sendEvents(sandbox(), [on(1, 'login', { user: ada, id: 'm1', attributes: { email: ada } }), { type: ada }])
    await call(sandbox(), 'POST', '/v1/erasures', { body: { external_user_id: ada } })
    await call(sandbox(), 'GET', '/v1/token', { token: ada })
    const { text } = await ask('GET', '/journal')
    expect([text.includes('ada'), text.includes(sandbox().token)]).toEqual([false, false])
  })

  it("has no requests to the sandbox's own endpoints", async () => {
    await ask('GET', '/health')
    expect((await ask('GET', '/journal')).json).toEqual({ requests: [] })
  })
})

describe('the settings', () => {
  it('accept a spend by currency', async () => {
    expect((await ask('PUT', '/spend', { body: { EUR: 12.5 } })).json).toEqual([{ currency: 'EUR', amount: 12.5 }])
  })

  const entries = [
    { currency: 'HRK', amount: 12.5, source: 'Google Ads', month: '2026-03' },
    { currency: 'USD', amount: 3 }
  ]

  it('accept a spend as a list', async () => {
    expect((await ask('PUT', '/spend', { body: entries })).json).toEqual(entries)
  })

  it('show the spend as a list', async () => {
    await ask('PUT', '/spend', { body: entries })
    expect((await ask('GET', '/spend')).json).toEqual(entries)
  })

  it('have the spend in the dashboard', async () => {
    await ask('PUT', '/spend', { body: entries })
    expect(sandbox().dashboard()).toMatchObject({ spend: { HRK: '12.50', USD: '3.00' } })
  })

  it.each([
    [
      'an unknown currency',
      { usd: 1 },
      'usd of the spend is not a currency. Send a code of ISO 4217 in upper case, such as USD.'
    ],
    ['less than nothing', { USD: -1 }, 'USD of the spend is below 0. Send 0 or more.'],
    ['a text', { USD: '1' }, 'USD of the spend is not a number. Send a number.'],
    ['a number', 1, 'The spend is not an object. Send an object.'],
    ['an entry without a currency', [{ amount: 1 }], 'currency is missing from entry 1 of the spend. Add it.'],
    [
      'an entry in an unknown currency',
      [{ currency: 'HRX', amount: 1 }],
      'HRX is not a currency. Correct currency of entry 1 of the spend: send a code of ISO 4217 in upper case, such as USD.'
    ],
    [
      'a month that does not exist',
      [{ currency: 'USD', amount: 1, month: '2026-13' }],
      'month of entry 1 of the spend is not a month. Send a year and a month, such as 2026-03.'
    ],
    [
      'an amount above the maximum',
      [
        { currency: 'USD', amount: 1 },
        { currency: 'EUR', amount: 1e14 }
      ],
      'amount of entry 2 of the spend is above 10000000000000. Send 10000000000000 or less.'
    ],
    ['an entry that is a number', [1], 'Entry 1 of the spend is not an object. Send an object.'],
    [
      'a blank source',
      [{ currency: 'USD', amount: 1, source: ' ' }],
      'source of entry 1 of the spend is blank. Send something that is not only blanks.'
    ]
  ])('reject a spend of %s', async (_what, body, detail) => {
    expect(await ask('PUT', '/spend', { body })).toMatchObject({ status: 400, json: { detail } })
  })

  it('accept faults, and show them', async () => {
    await ask('PUT', '/faults', { body: { server_error: 1, script: ['ok'] } })
    expect((await ask('GET', '/faults')).json).toMatchObject({
      server_error: 1,
      script: ['ok'],
      retry_after_seconds: 2
    })
  })

  it('reject unknown faults', async () => {
    expect((await ask('PUT', '/faults', { body: { fire: 1 } })).status).toBe(400)
  })

  it('reject an empty body', async () => {
    expect((await ask('PUT', '/faults', { body: Buffer.from('') })).status).toBe(400)
  })

  it('reject another content type than JSON', async () => {
    const headers = { 'content-type': 'text/plain' }
    expect((await ask('PUT', '/faults', { body: {}, headers })).status).toBe(415)
  })

  it('go back to the start with a reset, with events, journal, spend and faults', async () => {
    await sendEvents(sandbox(), [on(1, 'login', { user: 'u' })])
    await ask('PUT', '/spend', { body: {} })
    await ask('PUT', '/faults', { body: {} })
    const { status } = await ask('POST', '/reset')
    expect([
      status,
      sandbox().dashboard().users,
      sandbox().dashboard().spend,
      sandbox().journal(),
      sandbox().faults()
    ]).toEqual([204, 0, { USD: '100.00' }, [], expect.objectContaining({ retry_after_seconds: 9 })])
  })
})

describe('another website', () => {
  it.each(['evil.example', '127.0.0.1.evil.example', 'localhost.evil.example:80', '127.0.0.1@evil.example'])(
    'is rejected by the name "%s"',
    async (host) => {
      expect(await ask('GET', '/dashboard', { headers: { host } })).toMatchObject({
        status: 403,
        json: { status: 403 }
      })
    }
  )

  it.each(['localhost', 'LOCALHOST:1234', '127.0.0.1', '[::1]:80'])('does not include %s', async (host) => {
    expect((await ask('GET', '/dashboard', { headers: { host } })).status).toBe(200)
  })

  it.each(['https://evil.example', 'null', 'http://localhost.evil.example'])('is rejected from %s', async (origin) => {
    expect((await ask('POST', '/reset', { headers: { origin } })).status).toBe(403)
  })

  it('does not include a page of this machine', async () => {
    expect((await ask('POST', '/reset', { headers: { origin: sandbox().origin } })).status).toBe(204)
  })
})
