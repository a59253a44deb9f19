import { completeCall } from '../complete-call'

const NOW = new Date('2026-03-02T10:00:10.000Z')

describe('completeCall', () => {
  it('fills in what is missing, and says so', () => {
    const { call, filledIn } = completeCall({ type: 'track', writeKey: 'k' }, NOW)
    expect(call).toEqual({
      type: 'track',
      messageId: expect.stringMatching(/^api-[\da-f-]{36}$/) as string,
      originalTimestamp: NOW.toISOString(),
      timestamp: NOW.toISOString(),
      receivedAt: NOW.toISOString()
    })
    expect(filledIn).toEqual(['messageId', 'originalTimestamp', 'timestamp', 'receivedAt'])
  })

  it.each([
    [
      'a clock that is an hour fast',
      { timestamp: '2026-03-02T11:00:00.000Z', sentAt: '2026-03-02T11:00:08.000Z' },
      '2026-03-02T10:00:02.000Z'
    ],
    [
      'a time of long ago',
      { timestamp: '2020-01-01T00:00:00.000Z', sentAt: '2026-03-02T10:00:10.000Z' },
      '2020-01-01T00:00:00.000Z'
    ],
    ['no sentAt', { timestamp: '2026-03-02T09:00:00+01:00' }, '2026-03-02T09:00:00+01:00'],
    ['a sentAt that is no time', { timestamp: '2026-03-02T08:00:00.000Z', sentAt: 'soon' }, '2026-03-02T08:00:00.000Z'],
    ['a timestamp that is no time', { timestamp: 'now', sentAt: '2026-03-02T10:00:00.000Z' }, NOW.toISOString()],
    [
      "RudderStack's originalTimestamp beside a timestamp",
      {
        timestamp: '2026-01-01T00:00:00.000Z',
        originalTimestamp: '2026-03-02T10:00:00.000Z',
        sentAt: NOW.toISOString()
      },
      '2026-01-01T00:00:00.000Z'
    ]
  ])('gives the time at which the call happened: %s', (_, times, timestamp) => {
    expect(completeCall({ type: 'track', ...times }, NOW).call.timestamp).toBe(timestamp)
  })

  it('keeps the time as it was sent', () => {
    const timestamp = '2026-03-02T11:00:00.000Z'
    const { call } = completeCall({ type: 'track', timestamp, sentAt: timestamp }, NOW)
    expect(call).toMatchObject({ originalTimestamp: timestamp, timestamp: NOW.toISOString() })
  })
})
