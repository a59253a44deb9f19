import { tractionboard } from '@tractionboard/testing/run-command'
import { testFolder } from '@tractionboard/testing/test-folder'

const folder = testFolder()
afterAll(() => folder.remove())

const call = (messageId: string, fields: object) =>
  JSON.stringify({ type: 'track', messageId, userId: 'u', timestamp: '2026-03-02T09:00:00Z', ...fields })

const archive = () =>
  folder.write(
    'calls.json',
    [
      call('a', { event: 'payment_made' }),
      call('b', { event: 'Payment Made', properties: { revenue: '$5' }, timestamp: '2026-03-04T09:00:00Z' }),
      call('a', { event: 'Order Completed', userId: 'v' }),
      call('c', { type: 'page', integrations: { All: false } }),
      'no JSON'
    ].join('\n')
  )

describe('inspect', () => {
  it('tells what calls are, which names are nearly right, and what would be rejected', async () => {
    const { printed } = await tractionboard('inspect', archive(), '--json')
    expect(JSON.parse(printed)).toMatchObject({
      calls: 4,
      types: { track: 3, page: 1 },
      first: '2026-03-02T09:00:00.000Z',
      last: '2026-03-04T09:00:00.000Z',
      userIds: { count: 2, isAtLeast: false },
      repeatedMessageIds: { count: 1 },
      nearMisses: [
        { event: 'Order Completed', meant: 'Payment Made', kind: 'meaning' },
        { event: 'payment_made', meant: 'Payment Made', kind: 'spelling' }
      ],
      rejections: [{ action: 'payment', count: 1, calls: [{ line: 2 }] }],
      malformedLines: [{ line: 5, problem: 'is not JSON' }]
    })
  })

  it('counts only the calls that the options allow', async () => {
    const { printed } = await tractionboard(
      'inspect',
      archive(),
      '--to',
      '2026-03-02',
      '--respect-integrations',
      '--json'
    )
    expect(JSON.parse(printed)).toMatchObject({ calls: 2, filteredOut: 2, rejected: 0 })
  })

  it('names calls that two mappings count', async () => {
    const mapping = (name: string, actionSlug: string) => ({ name, actionSlug, trigger: 'type = "track"' })
    const mappings = folder.write(
      'mappings.json',
      JSON.stringify([mapping('Sales', 'payment'), mapping('Events', 'event')])
    )
    const { printed } = await tractionboard('inspect', archive(), '--mappings', mappings)
    expect(printed).toMatch(/Sales and Events +3/)
    expect(printed).toMatch(/Matched by no mapping\n +page +1/)
  })
})
