import type { InputField } from '@segment/actions-core'
import destination from '../index'
import { PLACEHOLDER_IDS } from '../values'
import { LIMITS } from '../wire-constants'
import { subscriptionOf } from './__helpers__/run'

const actions = Object.entries(destination.actions)

type Fields = Record<string, Omit<InputField, 'description'> & { description?: string }>

/** The fields and their subfields, each with its name. */
const allFields = (fields: Fields): [string, Fields[string]][] =>
  Object.entries(fields).flatMap(([name, field]) => [[name, field], ...allFields(field.properties ?? {})])

describe('the destination', () => {
  it('is a cloud destination with the name and the slug of its catalog entry', () => {
    expect(destination).toMatchObject({
      name: 'Tractionboard (Actions)',
      slug: 'actions-tractionboard',
      mode: 'cloud'
    })
  })

  it('requires the Token ID as a secret setting', () => {
    expect(destination.authentication).toMatchObject({
      scheme: 'custom',
      fields: { tokenId: { label: 'Token ID', type: 'password', required: true } }
    })
  })

  it('has a different title for each action, because actions-core caches its schema by the title', () => {
    expect(actions.map(([, { title }]) => title)).toStrictEqual([
      'Track Visit',
      'Track Login',
      'Track Payment',
      'Track Refund',
      'Track Cancellation',
      'Track Signup',
      'Set Attributes',
      'Change User ID',
      'Track Custom Event'
    ])
  })
})

describe.each(actions)('the action %s', (_, { fields }) => {
  it('has a label, a description and a type for each field', () => {
    for (const [name, { label, description, type }] of allFields(fields)) {
      expect([name, !!label, !!description, !!type]).toStrictEqual([name, true, true, true])
    }
  })

  it('has no types for the parts of an object, because one of another type would discard the event', () => {
    const objects = Object.values(fields).filter(({ type }) => type === 'object')
    expect(objects.map(({ label }) => label)).toStrictEqual(expect.arrayContaining(['Context', 'Campaign', 'Page']))
    for (const { properties } of objects) expect(properties).toBeUndefined()
  })

  it('says of each ID which placeholders count as none', () => {
    const ids = Object.entries(fields).filter(
      ([name]) => name.endsWith('user_id') || /^(anonymous|previous)_id$/.test(name)
    )
    expect(ids.length).toBeGreaterThanOrEqual(2)
    for (const [, { description }] of ids) for (const id of PLACEHOLDER_IDS) expect(description).toContain(id)
  })

  it('batches as many events as one request can have by default', () => {
    expect(fields).toMatchObject({
      enable_batching: { type: 'boolean', default: true },
      batch_size: {
        type: 'number',
        minimum: 1,
        maximum: LIMITS.maxEvents,
        default: LIMITS.maxEvents,
        unsafe_hidden: true
      }
    })
  })

  it('batches three quarters of the bytes that one request can have by default', () => {
    expect(fields.batch_bytes).toMatchObject({ type: 'number', default: 3145728, unsafe_hidden: true })
    expect(fields.batch_bytes.default).toBe(LIMITS.maxRequestBytes * 0.75)
  })
})

describe('each action', () => {
  it.each([
    ['visit', ['channel']],
    ['login', ['external_user_id']],
    ['payment', ['amount']],
    ['refund', ['amount']],
    ['cancel', ['external_user_id']],
    ['signup', ['external_user_id']],
    ['attribute', ['attributes']],
    ['alias', ['external_user_id', 'previous_id']],
    ['event', ['name']]
  ])('has its required fields: %s requires %j, the time and the ID', (slug, names) => {
    const fields = Object.entries(destination.actions[slug].fields)
    const required = fields.filter(([, field]) => field.required === true).map(([name]) => name)
    expect(required.sort()).toStrictEqual([...names, 'message_id', 'occurred_at'].sort())
  })
})

describe('each preset for linked audiences and journeys', () => {
  it.each([
    ['Entities Audience Membership Changed', 'attribute', 'warehouse_audience_membership_changed_identify'],
    ['Entities Audience Entered', 'event', 'warehouse_audience_entered_track'],
    ['Entities Audience Exited', 'event', 'warehouse_audience_exited_track'],
    ['Associated Entity Added', 'event', 'warehouse_entity_added_track'],
    ['Associated Entity Removed', 'event', 'warehouse_entity_removed_track'],
    ['Journeys Step Entered', 'event', 'journeys_step_entered_track']
  ])('has its action and its Engage event: "%s" has %s and %s', (name, partnerAction, eventSlug) => {
    expect(subscriptionOf(destination, name)).toMatchObject({ type: 'specificEvent', partnerAction, eventSlug })
  })
})
