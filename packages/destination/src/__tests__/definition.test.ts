import type { InputField } from '@segment/actions-core'
import destination from '..'
import { LIMITS } from '../wire-types'
import { subscriptionOf } from './__helpers__/run'

const actions = Object.entries(destination.actions)

type Fields = Record<string, Omit<InputField, 'description'> & { description?: string }>

/** The fields of an action with those inside of them, each with its name. */
const allFields = (fields: Fields): [string, Fields[string]][] =>
  Object.entries(fields).flatMap(([name, field]) => [[name, field], ...allFields(field.properties ?? {})])

describe('the definition', () => {
  it('is of a cloud destination, under the name of the catalog', () => {
    expect(destination).toMatchObject({
      name: 'Tractionboard (Actions)',
      slug: 'actions-tractionboard',
      mode: 'cloud'
    })
  })

  it('asks for the Token ID, and keeps it secret', () => {
    expect(destination.authentication).toMatchObject({
      scheme: 'custom',
      fields: { tokenId: { label: 'Token ID', type: 'password', required: true } }
    })
  })

  it('gives each action a title of its own, by which actions-core remembers its fields', () => {
    expect(actions.map(([, { title }]) => title)).toEqual([
      'Visit',
      'Login',
      'Payment',
      'Refund',
      'Cancel',
      'Signup',
      'Attribute',
      'Alias',
      'Custom Event'
    ])
  })
})

describe.each(actions)('the fields of the action %s', (_, { fields }) => {
  it('each have a label, a description and a type', () => {
    for (const [name, { label, description, type }] of allFields(fields)) {
      expect([name, !!label, !!description, !!type]).toEqual([name, true, true, true])
    }
  })

  it('name the five UTM parameters, and let others through', () => {
    expect(fields.campaign.additionalProperties).toBe(true)
    expect(Object.keys(fields.campaign.properties ?? {})).toEqual(['name', 'source', 'medium', 'term', 'content'])
  })

  it('batch events, as many as a request may have, unless a customer says otherwise', () => {
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
})

describe('the required fields', () => {
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
  ])('of the action %s are %j, the time and the id', (slug, names) => {
    const fields = Object.entries(destination.actions[slug].fields)
    const required = fields.filter(([, field]) => field.required === true).map(([name]) => name)
    expect(required.sort()).toEqual([...names, 'message_id', 'occurred_at'].sort())
  })
})

describe('the presets for linked audiences and journeys', () => {
  it.each([
    ['Linked Audience Membership Changed', 'attribute', 'warehouse_audience_membership_changed_identify'],
    ['Linked Audience Entered', 'event', 'warehouse_audience_entered_track'],
    ['Linked Audience Exited', 'event', 'warehouse_audience_exited_track'],
    ['Linked Entity Added', 'event', 'warehouse_entity_added_track'],
    ['Linked Entity Removed', 'event', 'warehouse_entity_removed_track'],
    ['Journey Step Entered', 'event', 'journeys_step_entered_track']
  ])('have one named "%s", for the action %s and the event %s', (name, partnerAction, eventSlug) => {
    expect(subscriptionOf(destination, name)).toMatchObject({ type: 'specificEvent', partnerAction, eventSlug })
  })
})
