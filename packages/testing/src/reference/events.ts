import { parseMoney, type Money } from './money'
import { timeOf } from './time'
import type { Action } from './types'
import { asObject, canonical, membersOf, personId, textOf, valueAt, type Fields } from './values'

/** What counts of an accepted call. */
export interface Event {
  action: Action
  /** Nanoseconds since 1970. */
  at: bigint
  id: string
  userId?: string
  anonymousId?: string
  previousId?: string
  /** Of a payment or refund, never negative. */
  money?: Money
  /** Of a login or attribute. */
  attributes: Fields
  /** The texts of the page: `url`, `path`, `title`, `referrer`, `search`. */
  page: Record<string, string>
  /** The texts of `context.campaign`. */
  campaign: Record<string, string>
  /** What may not differ under the same action and id. */
  content: string
  /** What may differ. Empty if there is none. */
  context: string
}

/** Reads a valid call of an action. */
export function readEvent(action: Action, call: Fields): Event {
  const page = pageOf(call)
  const campaign = texts(membersOf(valueAt(call, 'context.campaign')))
  const people = {
    userId: personId(call.userId),
    anonymousId: personId(call.anonymousId),
    previousId: action === 'alias' ? personId(call.previousId) : undefined
  }
  const money = action === 'payment' || action === 'refund' ? (parseMoney(call) as Money) : undefined
  const paid = money && { ...money, amount: { ...money.amount, units: absolute(money.amount.units) } }
  const attributes = action === 'login' || action === 'attribute' ? attributesOf(call) : {}
  return {
    action,
    at: timeOf(call)!,
    id: textOf(call.messageId)!,
    ...people,
    money: paid,
    attributes,
    page,
    campaign,
    content: canonical([
      people,
      paid && [String(paid.amount.units), paid.amount.scale, paid.currency],
      attributes,
      action === 'event' ? call.event : undefined,
      action === 'visit' ? [call.type, textOf(call.name), categoryOf(call)] : undefined,
      action === 'login' || action === 'attribute' || action === 'alias' ? undefined : propertiesOf(action, call)
    ]),
    context: contextOf(call, page, campaign)
  }
}

/** The attributes that a login or attribute call sets. */
export function attributesOf(call: Fields): Fields {
  const traits = membersOf(call.traits)
  if (isByEngage(call)) return withGroup(traits)
  if (call.type === 'group') return withGroup({ group: { id: call.groupId, traits } })
  return withGroup(Object.keys(traits).length > 0 ? traits : membersOf(valueAt(call, 'context.traits')))
}

/** A group with an id has it trimmed, and its traits if it has any; a group whose id does not count is left out. */
function withGroup({ group: value, ...others }: Fields): Fields {
  const group = asObject(value)
  if (!group || !('id' in group)) return value === undefined ? others : { ...others, group: value }
  const { id: _id, traits: _traits, ...rest } = group
  const id = personId(group.id)
  const traits = membersOf(group.traits)
  const hasTraits = Object.keys(traits).length > 0
  return id === undefined ? others : { ...others, group: { ...rest, id, ...(hasTraits && { traits }) } }
}

/** Whether Engage made a call: of a computed trait or audience, or of a linked audience. */
export const isByEngage = (call: Fields): boolean =>
  ['computation_key', 'event_emitter_id'].some((key) => valueAt(call, `context.personas.${key}`) != null)

const PAGE_PARTS = ['url', 'path', 'title', 'referrer', 'search']

/** The page of a call: `context.page`, and for a page call its properties where the context has nothing. */
function pageOf(call: Fields): Record<string, string> {
  const parts = ({ url, path, title, referrer, search }: Fields) => texts({ url, path, title, referrer, search })
  const properties = call.type === 'page' ? membersOf(call.properties) : {}
  return { ...parts(properties), ...parts(membersOf(valueAt(call, 'context.page'))) }
}

/** The properties of a call that may not differ. Those of a visit leave out what may be a part of its page. */
function propertiesOf(action: Action, call: Fields): Fields {
  const properties = membersOf(call.properties)
  if (action !== 'visit') return properties
  return Object.fromEntries(Object.entries(properties).filter(([name]) => !PAGE_PARTS.includes(name)))
}

const categoryOf = (call: Fields) => textOf(call.category) ?? textOf(membersOf(call.properties).category)

function contextOf(call: Fields, page: Record<string, string>, campaign: Record<string, string>): string {
  const { ip, locale, userAgent } = asObject(call.context) ?? {}
  const context = {
    ...texts({ ip, locale, user_agent: userAgent }),
    ...(Object.keys(page).length > 0 && { page }),
    ...(Object.keys(campaign).length > 0 && { campaign })
  }
  return Object.keys(context).length > 0 ? canonical(context) : ''
}

const texts = (fields: Fields): Record<string, string> =>
  Object.fromEntries(
    Object.entries(fields).flatMap(([name, value]) => {
      const text = textOf(value)
      return text === undefined ? [] : [[name, text]]
    })
  )

const absolute = (units: bigint) => (units < 0n ? -units : units)
