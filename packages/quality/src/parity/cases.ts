import { defaultValues } from '@segment/actions-core'
import type { JSONObject, SegmentEvent } from '@segment/actions-core'
import fc from 'fast-check'
import destination from '@tractionboard/destination'
import { CALLS } from '@tractionboard/testing/destination'
import type { CallName } from '@tractionboard/testing/destination'
import { SERVER_BEHAVIORS } from './server-behaviors'
import type { ServerBehavior } from './server-behaviors'
import { callsOfAction } from '../shared/presets'
import { anything, DATE_OBJECTS, DATES } from './values'

/** Calls under one mapping, which are sent in one batch and each on its own. */
export interface Case {
  mapping: JSONObject
  calls: SegmentEvent[]
  serverBehavior: ServerBehavior
}

/** The paths of a call that default mappings read. */
const PARTS = [
  ...['userId', 'anonymousId', 'messageId', 'timestamp', 'name', 'event', 'previousId', 'groupId'],
  ...['category', 'originalTimestamp', 'receivedAt', 'properties.category', 'context.traits', 'context.page.search'],
  ...['properties', 'traits', 'context', 'context.page', 'context.campaign', 'context.ip', 'context.userAgent'],
  ...['context.locale', 'context.personas', 'context.page.url', 'context.campaign.name', 'context.campaign.id'],
  ...['properties.revenue', 'properties.amount', 'properties.total', 'properties.value', 'properties.currency'],
  ...['properties.url', 'properties.title', 'properties.__proto__', 'properties.constructor', 'traits.a', 'traits.b']
]

/** The paths that decide whether an event is valid. */
const DECISIVE_PARTS = [
  'userId',
  'anonymousId',
  'messageId',
  'timestamp',
  'properties.revenue',
  'previousId',
  'event',
  'traits'
]

type Change = [part: string, value: unknown]

const change: fc.Arbitrary<Change> = fc.oneof(
  { weight: 2, arbitrary: fc.tuple(fc.constantFrom(...PARTS), anything) },
  { weight: 2, arbitrary: fc.tuple(fc.constantFrom(...DECISIVE_PARTS), anything) },
  { weight: 1, arbitrary: fc.tuple(fc.constant('timestamp'), fc.constantFrom(...DATES, ...DATE_OBJECTS)) }
)

/** A copy of an object with another value at a path. Members on the way that are not objects are replaced. */
function withPart(object: object, path: string, value: unknown): object {
  const [first, ...rest] = path.split('.')
  const members: Record<string, unknown> = { ...object }
  const inner = Object.entries(members).find(([name]) => name === first)?.[1]
  const next = rest.length > 0 ? withPart(inner instanceof Object ? inner : {}, rest.join('.'), value) : value
  // As with JSON.parse, `__proto__` is a member and does not set the prototype.
  return Object.defineProperty(members, first, { value: next, enumerable: true, configurable: true, writable: true })
}

const withChanges = <T extends object>(object: T, changes: Change[]): T =>
  changes.reduce((changed, [path, value]) => withPart(changed, path, value) as T, object)

const callOf = (names: CallName[]): fc.Arbitrary<SegmentEvent> =>
  fc
    .tuple(fc.constantFrom(...names), fc.array(change, { maxLength: 3 }))
    .map(([name, changes]) => withChanges<SegmentEvent>(CALLS[name], changes))

/** Directives of mapping kit, valid and invalid. */
const DIRECTIVES: unknown[] = [
  { '@path': '$.userId' },
  { '@path': '$.anonymousId' },
  { '@path': '$.properties' },
  { '@path': '$.properties.revenue' },
  { '@path': '$.context.page.url' },
  { '@path': '$.traits' },
  { '@path': '$.__proto__' },
  { '@path': '$.nothing.at.all' },
  { '@path': '' },
  { '@path': 5 },
  { '@path': { '@path': '$.event' } },
  { '@template': '{{userId}} {{properties.revenue}}' },
  { '@template': ' ' },
  { '@template': { '@path': '$.name' } },
  { '@if': { exists: { '@path': '$.userId' }, then: { '@path': '$.userId' }, else: { '@path': '$.anonymousId' } } },
  { '@if': { blank: { '@path': '$.userId' }, then: '', else: 'else' } },
  { '@if': {} },
  { '@case': { operator: 'upper', value: { '@path': '$.event' } } },
  { '@case': { operator: 'sideways', value: { '@path': '$.event' } } },
  { '@replace': { pattern: '.', replacement: ',', value: { '@path': '$.properties.revenue' } } },
  { '@arrayPath': ['$.properties', { a: { '@path': '$.revenue' } }] },
  { '@json': { mode: 'encode', value: { '@path': '$.properties' } } },
  { '@json': { mode: 'decode', value: { '@path': '$.event' } } },
  { '@flatten': { separator: '.', value: { '@path': '$.context' } } },
  { '@merge': { direction: 'right', objects: [{ '@path': '$.traits' }, { '@path': '$.properties' }] } },
  { '@transform': { apply: { a: { '@path': '$.userId' } }, mapping: { b: { '@path': '$.a' } } } },
  { '@excludeWhenNull': { '@path': '$.traits' } },
  { '@liquid': '{{ properties.revenue | times: 2 }}' },
  { '@liquid': '{{ userId' },
  { '@literal': { a: null } },
  { '@literal': { '@path': '$.userId' } },
  { '@nonsense': 5 },
  { '@path': '$.userId', '@template': 'x' },
  { '@path': '$.userId', other: 1 }
]

/** Removes a value, or replaces it by a literal of any type or by a directive. */
const replacement = fc.oneof(
  { weight: 1, arbitrary: fc.constant(undefined) },
  { weight: 3, arbitrary: anything },
  { weight: 3, arbitrary: fc.constantFrom(...DIRECTIVES) }
)

const mappingOf = (slug: string): fc.Arbitrary<JSONObject> => {
  const { fields } = destination.actions[slug]
  const presets = (destination.presets ?? []).filter(({ partnerAction }) => partnerAction === slug)
  const mappings = [defaultValues(fields), ...presets.map(({ mapping }) => mapping ?? {})] as JSONObject[]
  const field = fc.oneof(
    { weight: 20, arbitrary: fc.constantFrom(...Object.keys(fields)) },
    { weight: 1, arbitrary: fc.constantFrom('unknown', '__proto__', 'constructor') }
  )
  const changes = fc.oneof(
    { weight: 2, arbitrary: fc.constant<Change[]>([]) },
    {
      weight: 3,
      arbitrary: fc.array(fc.tuple(field, replacement) as fc.Arbitrary<Change>, { minLength: 1, maxLength: 2 })
    }
  )
  return fc.tuple(fc.constantFrom(...mappings), changes).map(([mapping, changes]) => withChanges(mapping, changes))
}

/** Arbitrary calls under an arbitrary mapping of an action. */
export const casesOf = (slug: string): fc.Arbitrary<Case> =>
  fc.record({
    mapping: mappingOf(slug),
    calls: fc.array(callOf(callsOfAction(slug)), { minLength: 1, maxLength: 4 }),
    serverBehavior: fc.oneof(
      { weight: 3, arbitrary: fc.constant<ServerBehavior>('accepting') },
      { weight: 1, arbitrary: fc.constantFrom(...SERVER_BEHAVIORS) }
    )
  })
