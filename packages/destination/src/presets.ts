import { defaultValues } from '@segment/actions-core'
import type { ActionDefinition, DestinationDefinition } from '@segment/actions-core'
import { CONTEXT_TRAITS, objectAt, textAt } from './fields'
import type { Settings } from './generated-types'
import { SUBSCRIPTIONS } from './subscriptions'

type Preset = NonNullable<DestinationDefinition['presets']>[number]
type EventSlug = Extract<Preset, { type: 'specificEvent' }>['eventSlug']
type Actions = Record<string, ActionDefinition<Settings>>

/**
 * A group and its traits, saved as one attribute of the user.
 *
 * @see https://segment.com/docs/connections/destinations/catalog/tractionboard/#group
 */
const GROUP = { attributes: { group: { id: textAt('groupId'), traits: objectAt('traits') } } }

/**
 * The mappings that Segment creates when a customer connects a source that is not an Engage space, one for each kind of
 * call; and those that Segment offers for linked audiences and journeys. In an Engage space, Segment creates none of the
 * first: the user chooses from them.
 *
 * @param actions the destination's actions by slug, whose default mappings the presets take.
 * @returns the presets, in the order in which Segment shows them.
 */
export function presetsFor(actions: Actions): Preset[] {
  const preset = (name: string, partnerAction: string, mapping: object) => ({
    name,
    partnerAction,
    mapping: { ...defaultValues(actions[partnerAction].fields), ...mapping }
  })
  const automatic = (name: string, partnerAction: string, subscribe: string, mapping = {}): Preset => ({
    ...preset(name, partnerAction, mapping),
    subscribe,
    type: 'automatic'
  })
  const specificEvent = (name: string, partnerAction: string, eventSlug: EventSlug): Preset => ({
    ...preset(name, partnerAction, {}),
    eventSlug,
    type: 'specificEvent'
  })

  return [
    automatic('Page Visits', 'visit', SUBSCRIPTIONS.page),
    automatic('Screen Visits', 'visit', SUBSCRIPTIONS.screen),
    automatic('Logins', 'login', SUBSCRIPTIONS.login),
    automatic('Attributes of Anonymous Visitors', 'attribute', SUBSCRIPTIONS.anonymousTraits, {
      fallback_attributes: CONTEXT_TRAITS
    }),
    automatic('Engage Audiences and Computed Traits', 'attribute', SUBSCRIPTIONS.engage),
    automatic('Payments', 'payment', SUBSCRIPTIONS.payment),
    automatic('Refunds', 'refund', SUBSCRIPTIONS.refund),
    automatic('Cancellations', 'cancel', SUBSCRIPTIONS.cancel),
    automatic('Signups', 'signup', SUBSCRIPTIONS.signup),
    automatic('Custom Events', 'event', SUBSCRIPTIONS.customEvent),
    automatic('Groups', 'attribute', SUBSCRIPTIONS.group, GROUP),
    automatic('Engage Account Audiences', 'attribute', SUBSCRIPTIONS.engageGroup),
    automatic('Aliases', 'alias', SUBSCRIPTIONS.alias),
    specificEvent(
      'Entities Audience Membership Changed',
      'attribute',
      'warehouse_audience_membership_changed_identify'
    ),
    specificEvent('Entities Audience Entered', 'event', 'warehouse_audience_entered_track'),
    specificEvent('Entities Audience Exited', 'event', 'warehouse_audience_exited_track'),
    specificEvent('Associated Entity Added', 'event', 'warehouse_entity_added_track'),
    specificEvent('Associated Entity Removed', 'event', 'warehouse_entity_removed_track'),
    specificEvent('Journeys Step Entered', 'event', 'journeys_step_entered_track')
  ]
}
