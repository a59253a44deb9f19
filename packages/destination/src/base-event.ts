import mapValues from 'lodash/mapValues'
import { fieldError, nonBlank, parseTimestamp, requireString, undefinedIfEmpty } from './values'
import type { Context, EventCommon, KnownUser, Page, WireEvent } from './wire-types'

/** The fields that every action has, after Segment has resolved their mapping. */
export interface CommonPayload {
  external_user_id?: string
  anonymous_id?: string
  occurred_at: string | number
  message_id: string
  ip?: string
  user_agent?: string
  locale?: string
  page?: Page
  campaign?: { [name: string]: unknown }
}

/**
 * The members that every wire event has, for an event that an anonymous visitor can also cause. Spread them after an
 * event's own members: V8 adds members to an object that begins with a spread several times slower.
 *
 * @param payload the payload of any action.
 * @returns the common members. Those that the payload does not have are `undefined`.
 * @throws PayloadValidationError if both IDs are missing, or the ID or the time of the event is missing or wrong.
 * @example { type: 'visit', channel: 'page', ...baseEvent(payload) }
 */
export function baseEvent(payload: CommonPayload): EventCommon {
  const event = commonMembers(payload)
  if (event.external_user_id === undefined && event.anonymous_id === undefined) {
    throw fieldError('external_user_id', 'and anonymous_id are both missing. Map at least one of them.')
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
  return { ...commonMembers(payload), external_user_id: requireString('external_user_id', payload.external_user_id) }
}

/**
 * @param event an event as it is sent.
 * @returns the ID that Tractionboard's result for the event repeats.
 */
export const eventId = (event: WireEvent): string => event.id

function commonMembers(payload: CommonPayload): EventCommon {
  return {
    id: requireString('message_id', payload.message_id),
    occurred_at: parseTimestamp('occurred_at', payload.occurred_at),
    external_user_id: nonBlank(payload.external_user_id),
    anonymous_id: nonBlank(payload.anonymous_id),
    context: eventContext(payload)
  }
}

function eventContext({ ip, user_agent, locale, page, campaign }: CommonPayload): Context | undefined {
  return undefinedIfEmpty<Context>({
    ip: nonBlank(ip),
    user_agent: nonBlank(user_agent),
    locale: nonBlank(locale),
    page: stringValues(page),
    campaign: stringValues(campaign)
  })
}

/** The members as strings. Numbers and booleans are converted; objects, arrays, null and blank strings are left out. */
function stringValues(members: object | undefined): Record<string, string | undefined> | undefined {
  return undefinedIfEmpty(mapValues(members as Record<string, unknown> | undefined, stringValue))
}

function stringValue(value: unknown): string | undefined {
  if (typeof value === 'string') return nonBlank(value)
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined
}
