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

  it('says that no mapping matches a call', async () => {
    const { printed } = await tractionboard('try', fileOf('{"type":"delete"}'))
    expect(printed).toBe('No mapping matches this call, so nothing is sent.')
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
