import mapValues from 'lodash/mapValues'
import { fieldError, membersOf, nestedMembers, parseTimestamp, personId, requireMessageId } from './values'
import { requirePersonId, stringValue, undefinedIfEmpty } from './values'
import type { Members } from './values'
import type { Context, EventCommon, KnownUser, Page, WireEvent } from './wire-types'

/** The fields that every action has, after Segment has resolved their mapping. */
export interface CommonPayload {
  external_user_id?: string
  anonymous_id?: string
  occurred_at: string
  message_id: string
  context?: Members
  campaign?: Members
  page?: Members
}

/**
 * The members that every wire event has, for an event that an anonymous visitor can also cause. Spread them after an
 * event's own members: V8 adds members to an object that begins with a spread several times slower.
 *
 * @param payload the payload of any action.
 * @param pageFallback where the parts that its page lacks come from.
 * @returns the common members. Those that the payload does not have are `undefined`.
 * @throws PayloadValidationError if both IDs are missing, or the ID or the time of the event is missing or wrong.
 * @example { type: 'event', name, ...baseEvent(payload) }
 */
export function baseEvent(payload: CommonPayload, pageFallback?: Members): EventCommon {
  const event = commonMembers(payload, pageFallback)
  if (event.external_user_id === undefined && event.anonymous_id === undefined) {
    const fault = 'and anonymous_id are both missing, blank or placeholders. Send at least one of them.'
    throw fieldError('external_user_id', fault)
  }
  return event
}

/**
 * The members that every wire event has, for an event that only a known user can cause. Spread them last, as with
 * `baseEvent`.
 *
 * @param payload the payload of any action.
 * @returns the common members, with the External User ID.
 * @throws PayloadValidationError if the External User ID, the ID or the time of the event is missing or wrong.
 * @example { type: 'login', attributes: payload.attributes, ...knownUserEvent(payload) }
 */
export function knownUserEvent(payload: CommonPayload): EventCommon & KnownUser {
  const external_user_id = requirePersonId('external_user_id', 'userId', payload.external_user_id)
  return { ...commonMembers(payload), external_user_id }
}

/**
 * @param event an event as it is sent.
 * @returns the ID that Tractionboard's result for the event repeats.
 */
export const eventId = (event: WireEvent): string => event.id

function commonMembers(payload: CommonPayload, pageFallback?: Members): EventCommon {
  return {
    id: requireMessageId('message_id', payload.message_id),
    occurred_at: parseTimestamp('occurred_at', payload.occurred_at),
    external_user_id: personId(payload.external_user_id),
    anonymous_id: personId(payload.anonymous_id),
    context: eventContext(payload, pageFallback)
  }
}

function eventContext(payload: CommonPayload, pageFallback?: Members): Context | undefined {
  const context = membersOf(payload.context)
  return undefinedIfEmpty<Context>({
    ip: stringValue(context?.ip),
    user_agent: stringValue(context?.userAgent),
    locale: stringValue(context?.locale),
    page: eventPage(membersOf(payload.page) ?? nestedMembers(context?.page), pageFallback),
    campaign: stringValues(membersOf(payload.campaign) ?? nestedMembers(context?.campaign))
  })
}

function eventPage(page: Members | undefined, fallback: Members | undefined): Page | undefined {
  const part = (name: keyof Page) => stringValue(page?.[name]) ?? stringValue(fallback?.[name])
  return undefinedIfEmpty<Page>({
    url: part('url'),
    path: part('path'),
    title: part('title'),
    referrer: part('referrer'),
    search: part('search')
  })
}

/** The members as strings. Those that are no text, number or boolean are left out. */
const stringValues = (members: Members | undefined): Record<string, string | undefined> | undefined =>
  members && undefinedIfEmpty(mapValues(members, stringValue))
