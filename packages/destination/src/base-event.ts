import type { Context, EventCommon, KnownUser, Page } from './wire-types'
import { filled, instant, invalid, present, required } from './values'

/** The fields that every action has, as they come out of a mapping. */
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
 * The members that every wire event has, of anybody's doing. Spread them after an event's own members: V8 adds members to
 * an object that begins with a spread several times slower.
 *
 * @throws PayloadValidationError if neither of the two ids is there, or the id or the time of the event is wrong.
 */
export function byAnyone(payload: CommonPayload): EventCommon {
  const event = common(payload)
  if (event.external_user_id === undefined && event.anonymous_id === undefined) {
    throw invalid('external_user_id', 'and anonymous_id are both missing. Map at least one of them.')
  }
  return event
}

/**
 * The members that every wire event has, of a known user's doing. Spread them last, too.
 *
 * @throws PayloadValidationError if the External User ID is missing, or the id or the time of the event is wrong.
 */
export function byKnownUser(payload: CommonPayload): EventCommon & KnownUser {
  return { ...common(payload), external_user_id: required('external_user_id', payload.external_user_id) }
}

function common(payload: CommonPayload): EventCommon {
  return {
    id: required('message_id', payload.message_id),
    occurred_at: instant('occurred_at', payload.occurred_at),
    external_user_id: present(payload.external_user_id),
    anonymous_id: present(payload.anonymous_id),
    context: contextOf(payload)
  }
}

function contextOf({ ip, user_agent, locale, page, campaign }: CommonPayload): Context | undefined {
  return filled<Context>({
    ip: present(ip),
    user_agent: present(user_agent),
    locale: present(locale),
    page: texts(page),
    campaign: texts(campaign)
  })
}

/** The members that are text, or can be written as such. */
function texts(members: object = {}): Record<string, string | undefined> | undefined {
  const kept: Record<string, string | undefined> = {}
  for (const [name, value] of Object.entries(members)) kept[name] = textOf(value)
  return filled(kept)
}

function textOf(value: unknown): string | undefined {
  if (typeof value === 'string') return present(value)
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined
}
