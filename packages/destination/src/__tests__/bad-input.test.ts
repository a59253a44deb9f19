import nock from 'nock'
import type { SegmentEvent } from '@segment/actions-core'
import destination from '../index'
import { CALL_OF_PRESET, callWith } from './__helpers__/calls'
import { sendBatch, sendSingle } from './__helpers__/run'
import { acceptAll, respondToEvents } from './__helpers__/server'

afterEach(() => nock.cleanAll())

const revenue = (value: unknown) => callWith('payment', { properties: { revenue: value } })
const NOT_A_NUMBER =
  'amount is not a plain number. Send an amount such as 19.99, without currency signs or thousands separators.'
const NOT_A_DATE = 'occurred_at is not a date. Send an ISO 8601 date such as 2026-03-02T09:14:07Z.'
const NO_ATTRIBUTES = 'attributes is empty, so there is nothing to save. Map at least one trait.'
const NO_GROUP_ID = 'attributes has nothing but a group without an ID. Check where your code sets the groupId.'
// What actions-core says.
const NO_TEXT = 'Occurred At must be a string but it was an array.'
const NO_ID = 'external_user_id and anonymous_id are both missing, blank or placeholders. Send at least one of them.'
const blank = (field: string, source: string) => `${field} is blank. Check where your code sets the ${source}.`
const placeholder = (field: string, source: string) =>
  `${field} is a placeholder, not an ID. Check where your code sets the ${source}.`
const missing = (field: string) => `The root value is missing the required field '${field}'.`

const CASES: [preset: string, what: string, call: SegmentEvent, message: string][] = [
  ['Payments', 'an amount with a currency sign', revenue('$5'), NOT_A_NUMBER],
  ['Payments', 'a boolean amount', revenue(true), NOT_A_NUMBER],
  ['Payments', 'a hexadecimal amount', revenue('0x10'), NOT_A_NUMBER],
  ['Payments', 'an infinite amount', revenue('Infinity'), NOT_A_NUMBER],
  ['Payments', 'an amount that is Infinity, not a string', revenue(Infinity), NOT_A_NUMBER],
  ['Payments', 'an amount with separators', revenue('1,000'), NOT_A_NUMBER],
  ['Payments', 'an empty amount', revenue(''), missing('amount')],
  ['Payments', 'no amount', callWith('payment', { properties: {} }), missing('amount')],
  ['Payments', 'an amount that is an object', revenue({ cents: 5 }), 'Amount must be a string but it was an object.'],
  ['Payments', 'a negative amount', revenue(-5), 'amount is below zero. Send money given back as a refund.'],
  ['Payments', 'no ID', callWith('payment', { userId: '', anonymousId: '' }), NO_ID],
  ['Refunds', 'an amount that is not a number', callWith('refund', { properties: { revenue: 'five' } }), NOT_A_NUMBER],
  ['Cancellations', 'an empty userId', callWith('cancel', { userId: '' }), missing('external_user_id')],
  ['Cancellations', 'a blank userId', callWith('cancel', { userId: ' ' }), blank('external_user_id', 'userId')],
  ['Signups', 'a placeholder', callWith('signup', { userId: 'None' }), placeholder('external_user_id', 'userId')],
  ['Cancellations', 'no userId', callWith('cancel', { userId: null }), missing('external_user_id')],
  ['Signups', 'an empty userId', callWith('signup', { userId: '' }), missing('external_user_id')],
  ['Logins', 'a blank userId', callWith('identify', { userId: ' \n' }), blank('external_user_id', 'userId')],
  ['Logins', 'a placeholder', callWith('identify', { userId: ' NULL ' }), placeholder('external_user_id', 'userId')],
  [
    'Logins',
    'a userId that is a list',
    callWith('identify', { userId: ['a', 'b'] }),
    'External User ID must be a string but it was an array.'
  ],
  ['Aliases', 'an empty userId', callWith('alias', { userId: '' }), missing('external_user_id')],
  ['Aliases', 'an empty previousId', callWith('alias', { previousId: '' }), missing('previous_id')],
  ['Aliases', 'a blank previousId', callWith('alias', { previousId: ' ' }), blank('previous_id', 'previousId')],
  [
    'Aliases',
    'a placeholder as the previousId',
    callWith('alias', { previousId: 'undefined' }),
    placeholder('previous_id', 'previousId')
  ],
  [
    'Aliases',
    'an alias to itself, with spaces',
    callWith('alias', { userId: 'user-1 ', previousId: ' user-1' }),
    'previous_id is the same as external_user_id. An alias needs two different IDs.'
  ],
  [
    'Aliases',
    'an alias to itself',
    callWith('alias', { previousId: 'user-1' }),
    'previous_id is the same as external_user_id. An alias needs two different IDs.'
  ],
  ['Page Visits', 'a text that is not a date', callWith('page', { timestamp: 'foo 1' }), NOT_A_DATE],
  ['Page Visits', 'a day that does not exist', callWith('page', { timestamp: '2026-02-30T00:00:00Z' }), NOT_A_DATE],
  ['Page Visits', 'a leap second', callWith('page', { timestamp: '2026-12-31T23:59:60Z' }), NOT_A_DATE],
  ['Page Visits', 'two dates in a list', callWith('page', { timestamp: ['2026-03-02', '2026-03-03'] }), NO_TEXT],
  ['Page Visits', 'an empty list as the date', callWith('page', { timestamp: [] }), missing('occurred_at')],
  ['Page Visits', 'no date', callWith('page', { timestamp: undefined }), missing('occurred_at')],
  ['Page Visits', 'no ID', callWith('page', { userId: null, anonymousId: undefined }), NO_ID],
  ['Page Visits', 'a placeholder and a blank ID', callWith('page', { userId: 'NaN', anonymousId: ' ' }), NO_ID],
  [
    'Payments',
    'a placeholder as the messageId',
    callWith('payment', { messageId: 'undefined' }),
    placeholder('message_id', 'messageId')
  ],
  [
    'Payments',
    'a placeholder between spaces as the messageId',
    callWith('payment', { messageId: ' undefined ' }),
    placeholder('message_id', 'messageId')
  ],
  ['Page Visits', 'an empty messageId', callWith('page', { messageId: '' }), missing('message_id')],
  ['Custom Events', 'an empty name', callWith('custom', { event: '' }), missing('name')],
  ['Attributes of Anonymous Visitors', 'empty traits', callWith('anonymousIdentify', { traits: {} }), NO_ATTRIBUTES],
  [
    'Attributes of Anonymous Visitors',
    'no traits',
    callWith('anonymousIdentify', { traits: undefined }),
    NO_ATTRIBUTES
  ],
  ['Groups', 'no groupId', callWith('group', { groupId: undefined }), NO_GROUP_ID],
  ['Groups', 'null as the groupId', callWith('group', { groupId: null }), NO_GROUP_ID],
  ['Groups', 'a blank groupId', callWith('group', { groupId: ' ' }), NO_GROUP_ID],
  ['Groups', 'a placeholder as the groupId', callWith('group', { groupId: 'undefined' }), NO_GROUP_ID],
  ['Groups', 'a groupId that is a list', callWith('group', { groupId: ['a'] }), NO_GROUP_ID]
]

describe.each(CASES)('the preset %s, given %s,', (preset, _what, call, message) => {
  it('rejects a single event with a message that names the field', async () => {
    expect(await sendSingle(destination, preset, call)).toMatchObject({ status: 400, message })
  })

  it('rejects the event in a batch with the same message, and sends the other event', async () => {
    const received = respondToEvents(acceptAll)
    const good = callWith(CALL_OF_PRESET[preset], { messageId: 'good' })
    const statuses = await sendBatch(destination, preset, [call, good])
    expect(statuses).toStrictEqual([{ status: 400, code: 'PAYLOAD_VALIDATION_FAILED', message }, { status: 200 }])
    expect(received.events.map(({ id }) => id)).toStrictEqual(['good'])
  })
})

describe('the preset Page Visits, given an empty date,', () => {
  it('takes the originalTimestamp', async () => {
    const received = respondToEvents(acceptAll)
    const call = callWith('page', { timestamp: '', originalTimestamp: '2026-03-02T09:14:07Z' })
    await sendSingle(destination, 'Page Visits', call)
    expect(received.events.map(({ occurred_at }) => occurred_at)).toStrictEqual(['2026-03-02T09:14:07.000Z'])
  })

  it('says that the date is missing if there is no originalTimestamp either', async () => {
    const call = callWith('page', { timestamp: '', originalTimestamp: undefined })
    const expected = { status: 400, message: missing('occurred_at') }
    expect(await sendSingle(destination, 'Page Visits', call)).toMatchObject(expected)
    expect(await sendBatch(destination, 'Page Visits', [call])).toMatchObject([expected])
  })
})
