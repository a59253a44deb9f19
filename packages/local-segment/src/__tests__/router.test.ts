import { parseFql, validate } from '@segment/destination-subscriptions'
import type { SegmentEvent } from '@segment/actions-core'
import { router, type Mapping } from '../router'

const TRIGGERS = [
  'type = "page"',
  'type = "track" and event = "signup"',
  'event = "signup" and type = "track"',
  'type = "track" or type = "page"',
  'type = "track" or event = "signup"',
  'type != "page"',
  '(type = "track" or type = "page") and userId = "u1"',
  'type = "track" and type = "page"',
  'userId = "u1"',
  'type = ""'
]

const TYPES = ['track', 'page', 'screen', 'identify', 'group', 'alias', '', undefined]

const mappings = TRIGGERS.map((subscribe) => ({ name: subscribe, subscribe }) as Mapping)

const calls = TYPES.flatMap((type) =>
  [{ userId: 'u1' }, { userId: 'u2', event: 'signup' }].map((call) => ({ type, ...call }) as SegmentEvent)
)

it.each(calls)("gives the mappings that Segment's own library matches, in their order: %j", (call) => {
  const matching = TRIGGERS.filter((fql) => validate(parseFql(fql), call))

  expect(router(mappings)(call).map(({ name }) => name)).toEqual(matching)
})

it('gives no mapping whose trigger Segment cannot read', () => {
  const unreadable = { name: 'Unreadable', subscribe: 'type =' } as Mapping

  expect(router([unreadable, ...mappings])({ type: 'page' })).not.toContain(unreadable)
})
