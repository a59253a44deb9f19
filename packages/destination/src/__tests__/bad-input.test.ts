import nock from 'nock'
import type { SegmentEvent } from '@segment/actions-core'
import destination from '..'
import { CALL_OF_PRESET, changed } from './__helpers__/calls'
import { batch, single } from './__helpers__/run'
import { acceptAll, answerEvents } from './__helpers__/server'

afterEach(() => nock.cleanAll())

const revenue = (value: unknown) => changed('payment', { properties: { revenue: value } })
const NO_MONEY =
  'amount is not a plain number. Send an amount such as 19.99, without currency signs or thousands separators.'
const NO_DATE = 'occurred_at is not a date. Send an ISO 8601 date such as 2026-03-02T09:14:07Z.'
const NOBODY = 'external_user_id and anonymous_id are both missing. Map at least one of them.'
const missing = (field: string) => `The root value is missing the required field '${field}'.`

const CASES: [preset: string, what: string, call: SegmentEvent, message: string][] = [
  ['Payments', 'an amount with a currency sign', revenue('$5'), NO_MONEY],
  ['Payments', 'a boolean amount', revenue(true), NO_MONEY],
  ['Payments', 'a hexadecimal amount', revenue('0x10'), NO_MONEY],
  ['Payments', 'an infinite amount', revenue('Infinity'), NO_MONEY],
  ['Payments', 'an amount beyond numbers', revenue(Infinity), NO_MONEY],
  ['Payments', 'an amount with separators', revenue('1,000'), NO_MONEY],
  ['Payments', 'an empty amount', revenue(''), missing('amount')],
  ['Payments', 'no amount', changed('payment', { properties: {} }), missing('amount')],
  ['Payments', 'an amount that is an object', revenue({ cents: 5 }), 'Amount must be a string but it was an object.'],
  ['Payments', 'a negative amount', revenue(-5), 'amount is below zero. Send money given back as a refund.'],
  ['Payments', 'nobody who paid', changed('payment', { userId: '', anonymousId: '' }), NOBODY],
  ['Refunds', 'an amount that is no number', changed('refund', { properties: { revenue: 'five' } }), NO_MONEY],
  ['Cancellations', 'an empty userId', changed('cancel', { userId: '' }), missing('external_user_id')],
  ['Cancellations', 'a blank userId', changed('cancel', { userId: ' ' }), missing('external_user_id')],
  ['Cancellations', 'no userId', changed('cancel', { userId: null }), missing('external_user_id')],
  ['Signups', 'an empty userId', changed('signup', { userId: '' }), missing('external_user_id')],
  ['Logins', 'an empty userId', changed('identify', { userId: '' }), missing('external_user_id')],
  ['Aliases', 'an empty userId', changed('alias', { userId: '' }), missing('external_user_id')],
  ['Aliases', 'an empty previousId', changed('alias', { previousId: '' }), missing('previous_id')],
  [
    'Aliases',
    'an alias to itself',
    changed('alias', { previousId: 'user-1' }),
    'previous_id is the same as external_user_id. An alias needs two different IDs.'
  ],
  ['Page Visits', 'a date that is none', changed('page', { timestamp: 'foo 1' }), NO_DATE],
  ['Page Visits', 'a day that no calendar has', changed('page', { timestamp: '2026-02-30T00:00:00Z' }), NO_DATE],
  ['Page Visits', 'no date', changed('page', { timestamp: undefined }), missing('occurred_at')],
  ['Page Visits', 'no visitor', changed('page', { userId: null, anonymousId: undefined }), NOBODY],
  ['Page Visits', 'an empty messageId', changed('page', { messageId: '' }), missing('message_id')],
  ['Custom Events', 'an empty name', changed('custom', { event: '' }), missing('name')],
  [
    'Attributes of Anonymous Visitors',
    'traits without anything in them',
    changed('anonymousIdentify', { traits: {} }),
    'attributes is empty, so there is nothing to save. Map at least one trait.'
  ],
  [
    'Attributes of Anonymous Visitors',
    'no traits',
    changed('anonymousIdentify', { traits: undefined }),
    missing('attributes')
  ]
]

describe.each(CASES)('in %s, %s', (preset, _what, call, message) => {
  it('is rejected alone, in words that name the field', async () => {
    expect(await single(destination, preset, call)).toMatchObject({ status: 400, message })
  })

  it('is rejected in a batch alike, and the event beside it is sent', async () => {
    const seen = answerEvents(acceptAll)
    const good = changed(CALL_OF_PRESET[preset], { messageId: 'good' })
    const told = await batch(destination, preset, [call, good])
    expect(told).toEqual([{ status: 400, code: 'PAYLOAD_VALIDATION_FAILED', message }, { status: 200 }])
    expect(seen.events.map(({ id }) => id)).toEqual(['good'])
  })
})

describe('an empty date', () => {
  it('is rejected alike, though actions-core takes it away alone and looks at it in a batch', async () => {
    const call = changed('page', { timestamp: '' })
    expect(await single(destination, 'Page Visits', call)).toMatchObject({
      status: 400,
      message: missing('occurred_at')
    })
    expect(await batch(destination, 'Page Visits', [call])).toMatchObject([
      { status: 400, message: 'Occurred At must be a valid date-like string but it was not.' }
    ])
  })
})
