import destination from '@tractionboard/destination'
import { nearMisses } from '../near-misses'
import { type Mapping, mappingsOf } from '../router'

const mappingFor = (subscribe: string): Mapping => ({
  name: 'Sales',
  type: 'automatic',
  partnerAction: 'payment',
  subscribe,
  mapping: {}
})

describe('nearMisses', () => {
  const find = nearMisses(mappingsOf(destination))

  test.each([
    ['payment made', 'Payment Made', 'spelling'],
    ['payment_made', 'Payment Made', 'spelling'],
    ['paymentMade', 'Payment Made', 'spelling'],
    [' Payment Made ', 'Payment Made', 'spelling'],
    ['Made Payment', 'Payment Made', 'spelling'],
    ['Payment Mad', 'Payment Made', 'spelling'],
    ['Paymnet Made', 'Payment Made', 'spelling'],
    ['Order Completed', 'Payment Made', 'meaning'],
    ['order_refunded', 'Refund Received', 'meaning'],
    ['Refund Recieved', 'Refund Received', 'spelling'],
    ['Cancel', 'cancel', 'spelling'],
    ['Subscription Cancelled', 'cancel', 'meaning'],
    ['Sign Up', 'signup', 'spelling'],
    ['Signed Up', 'signup', 'meaning']
  ])('takes %j for %s, by its %s', (event, meant, kind) => {
    expect(find(event)).toMatchObject({ meant, kind })
  })

  test.each(['Payment Made', 'signup', 'cancel', 'Product Viewed', 'Payment Method Added', 'Order Cancelled', '', '—'])(
    'finds nothing in %j',
    (event) => {
      expect(find(event)).toBeUndefined()
    }
  )

  test('names each mapping that asks for the name, also within parentheses', () => {
    const mappings = [
      mappingFor('type = "track" and (event = "Deal Won" or event = "Deal Renewed")'),
      mappingFor('type = "track" and event = "Deal Won"')
    ]
    expect(nearMisses(mappings)('deal won')).toEqual({
      meant: 'Deal Won',
      mappings: ['Sales', 'Sales'],
      kind: 'spelling'
    })
  })

  test('passes over names that a trigger leaves out', () => {
    expect(nearMisses([mappingFor('type = "track" and event != "Deal Won"')])('deal won')).toBeUndefined()
  })

  test('knows no meaning for which there is no mapping', () => {
    expect(nearMisses([mappingFor('type = "track" and event = "Deal Won"')])('Order Completed')).toBeUndefined()
  })
})
