import { countedTwice, parseMappings } from '../parse-mappings'
import type { Mapping } from '../router'

const definition = { actions: { payment: {}, event: {} } }

/** As "List Subscriptions from Destination" gives it. */
const subscription = (members: object = {}) => ({
  id: '2',
  name: 'Orders',
  actionId: '3',
  actionSlug: 'payment',
  destinationId: '4',
  enabled: true,
  trigger: 'type = "track" and event = "Order Completed"',
  settings: { amount: { '@path': '$.properties.total' } },
  ...members
})

const answer = (...subscriptions: object[]) => JSON.stringify({ data: { subscriptions, pagination: { current: 'x' } } })

const read = (...subscriptions: object[]) => parseMappings(answer(...subscriptions), definition)

describe('parseMappings', () => {
  it('reads the answer of the Public API, without a change', () => {
    expect(read(subscription())).toEqual([
      {
        name: 'Orders',
        type: 'automatic',
        partnerAction: 'payment',
        subscribe: 'type = "track" and event = "Order Completed"',
        mapping: { amount: { '@path': '$.properties.total' } }
      }
    ])
  })

  it.each([
    ['the list alone', JSON.stringify([subscription()])],
    ['what is in data', JSON.stringify({ subscriptions: [subscription()] })],
    ['a text with a byte-order mark', `\uFEFF${answer(subscription())}`]
  ])('reads %s', (_what, text) => {
    expect(parseMappings(text, definition)).toHaveLength(1)
  })

  it('passes over mappings that are disabled or of Reverse ETL', () => {
    const names = read(
      subscription({ enabled: false }),
      subscription({ modelId: 'm' }),
      subscription({ name: 'Kept', modelId: '' })
    )
    expect(names.map(({ name }) => name)).toEqual(['Kept'])
  })

  it.each<[string, string, string]>([
    ['no JSON', '{', 'The mappings are not JSON: '],
    ['no list', '{"data":{}}', 'The mappings are not a list, and no answer of'],
    ['an empty list', '[]', 'There is no mapping that is enabled.'],
    ['only disabled ones', answer(subscription({ enabled: false })), 'There is no mapping that is enabled.'],
    ['something else in the list', '[5]', 'Mapping 1 is not an object.'],
    [
      'only one page',
      JSON.stringify({ data: { subscriptions: [subscription()], pagination: { next: 'y' } } }),
      'This is only one page of the mappings'
    ],
    [
      'an unknown action',
      answer(subscription({ actionSlug: 'pay' })),
      'Mapping "Orders" has the action "pay", which is not one of payment, event.'
    ],
    ['no action', answer(subscription({ actionSlug: 5, name: ' ' })), 'Mapping 1 has no actionSlug'],
    ['no trigger', answer(subscription({ trigger: null })), 'Mapping "Orders" has no trigger'],
    [
      'a wrong trigger',
      answer(subscription({ trigger: 'type ~ 5' })),
      `Mapping "Orders" has a trigger that Segment's parser cannot read: type ~ 5`
    ],
    ['settings that are a list', answer(subscription({ settings: [] })), 'Mapping "Orders" has settings that are not'],
    [
      'a wrong directive',
      answer(subscription({ settings: { amount: { '@path': 5 } } })),
      'Mapping "Orders" has settings that cannot be used: '
    ]
  ])('rejects %s, and says where', (_what, text, message) => {
    expect(() => parseMappings(text, definition)).toThrow(message)
  })
})

describe('countedTwice', () => {
  const mapping = (name: string, partnerAction: string, id = '$.messageId') =>
    ({ name, partnerAction, mapping: { message_id: { '@path': id } } }) as unknown as Mapping
  const names = (...mappings: Mapping[]) => countedTwice(mappings, 'message_id', ['attribute'])?.map(({ name }) => name)

  it.each<[string, Mapping[], string[] | undefined]>([
    ['one mapping', [mapping('a', 'payment')], undefined],
    ['two of one action with the same ID', [mapping('a', 'payment'), mapping('b', 'payment')], undefined],
    ['two of one action with different IDs', [mapping('a', 'payment'), mapping('b', 'payment', '$.id')], ['a', 'b']],
    ['a payment and a custom event', [mapping('a', 'payment'), mapping('b', 'event')], ['a', 'b']],
    ['a payment and attributes', [mapping('a', 'payment'), mapping('b', 'attribute')], undefined],
    ['attributes alone', [mapping('a', 'attribute'), mapping('b', 'attribute', '$.id')], undefined]
  ])('says of %s which two count a call twice', (_what, mappings, expected) => {
    expect(names(...mappings)).toEqual(expected)
  })
})
