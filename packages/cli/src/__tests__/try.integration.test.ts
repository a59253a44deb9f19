import { testFolder } from '@tractionboard/testing/test-folder'
import { tractionboard } from '@tractionboard/testing/run-command'

const folder = testFolder()
afterAll(() => folder.remove())

const call = {
  type: 'track',
  event: 'Payment Made',
  messageId: 'm',
  userId: 'u',
  timestamp: '2026-03-02',
  properties: { revenue: 5 }
}
const fileOf = (text: string) => folder.write('call.json', text)

describe('tractionboard try', () => {
  it('shows which mapping matches a call, what is sent, and the response', async () => {
    const { printed, failure } = await tractionboard('try', fileOf(JSON.stringify(call)))
    expect(failure).toBeUndefined()
    expect(printed).toContain('The mapping "Payments" matches this call. Its action is payment.')
    expect(printed).toMatch(/"type": "payment",\n +"amount": 5,\n +"currency": "USD"/)
    expect(printed).toMatch(/Response: HTTP 200\n[^]*"status": "accepted"/)
    expect(printed).toContain('Segment records the call as delivered.')
  })

  it('says why a call is not delivered', async () => {
    const { printed, failure } = await tractionboard(
      'try',
      fileOf(JSON.stringify({ ...call, properties: { revenue: '$5' } }))
    )
    expect(printed).toContain('Segment records an error: amount is not a plain number.')
    expect(failure).toContain('The call was not delivered.')
  })

  it('says what actions-core cannot process', async () => {
    const { printed } = await tractionboard('try', fileOf(JSON.stringify({ ...call, context: null })))
    expect(printed).toContain('Segment records an error: actions-core cannot process this call: context is null.')
  })

  it('shows where each value comes from, and the request without the token', async () => {
    const { printed } = await tractionboard('try', fileOf(JSON.stringify(call)))
    expect(printed).toMatch(/amount: "5"\n +from \$\.properties\.revenue/)
    expect(printed).toMatch(/POST http:\/\/127\.0\.0\.1:\d+\/v1\/events\n/)
    expect(printed).toContain('user-agent: Segment (Actions)')
    expect(printed).not.toMatch(/authorization|Bearer/i)
  })

  it('says why a mapping does not match', async () => {
    const { printed } = await tractionboard('try', fileOf(JSON.stringify({ ...call, event: 'payment_made' })))
    expect(printed).toMatch(/Payments\n +event = "Payment Made": it is "payment_made"/)
    expect(printed).toContain('"payment_made" looks like "Payment Made"')
  })

  it('takes pretty-printed JSON, and says what it fills in', async () => {
    const { messageId: _id, timestamp: _time, ...bare } = call
    const { printed, failure } = await tractionboard('try', fileOf(JSON.stringify(bare, null, 2)))
    expect(failure).toBeUndefined()
    expect(printed).toMatch(/^Filled in, because the call has none: messageId\s+[\da-f-]{36}\s+and\s+timestamp\s/)
  })

  it('says that no mapping matches a call', async () => {
    const { printed } = await tractionboard('try', fileOf('{"type":"delete"}'))
    expect(printed).toContain('No mapping matches this call, so nothing is sent.')
  })

  it.each([
    ['', 'There is no call.'],
    ['{', 'Line 1 is not JSON.'],
    ['{}', 'Line 1 is not a Segment call: it has no type.'],
    ['{"type":"page"}\n{"type":"page"}', 'There are several calls.']
  ])('rejects %j with one sentence', async (text, message) => {
    expect((await tractionboard('try', fileOf(text))).failure).toContain(message)
  })
})

describe('tractionboard try --api-url', () => {
  it('needs a token, because a sandbox has an address of its own', async () => {
    const { failure } = await tractionboard('try', fileOf(JSON.stringify(call)), '--api-url', 'http://127.0.0.1:4000')
    expect(failure).toContain('--api-url needs --token')
  })
})

describe('tractionboard types and metadata', () => {
  it('print what is committed with the definition', async () => {
    const { printed } = await tractionboard('types')
    expect(printed).toContain('// payment/generated-types.ts\n// Generated file. DO NOT MODIFY IT BY HAND.')
    const { slug } = JSON.parse((await tractionboard('metadata')).printed) as { slug: string }
    expect(slug).toBe('actions-tractionboard')
  })

  it('write into a folder', async () => {
    const { printed, failure } = await tractionboard('metadata', '--out', folder.path('.'))
    expect(failure).toBeUndefined()
    expect(printed).toMatch(/^Written: .*metadata\.json$/)
  })

  it('name the folder that an action needs', async () => {
    expect((await tractionboard('types', '--out', folder.path('absent'))).failure).toMatch(
      /There is no folder .*absent/
    )
  })
})

describe('tractionboard try --mappings', () => {
  it("tries a customer's mappings in the place of the presets", async () => {
    const mappings = folder.write(
      'mappings.json',
      JSON.stringify([{ name: 'Mine', actionSlug: 'payment', enabled: true, trigger: 'type = "page"', settings: {} }])
    )
    const { printed } = await tractionboard('try', fileOf(JSON.stringify(call)), '--mappings', mappings)
    expect(printed).toMatch(/No mapping matches[^]*Mine\n +type = "page": it is "track"/)
  })
})
