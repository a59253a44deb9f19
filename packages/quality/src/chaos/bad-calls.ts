import type { Fields } from '@tractionboard/testing/call-builder'
import type { WorldContext } from './visitors'

const withoutIds = { userId: null, anonymousId: null }

const track = (event: string, members: Fields): Fields => ({ type: 'track', event, properties: {}, ...members })

const paid = (properties: Fields): Fields => track('Payment Made', { userId: 'user-0', properties })

const anonymous = { userId: null, anonymousId: 'device-0' }

/** Makes the members that turn a valid call into one that a faulty program sends. */
export const BAD_CALLS: ((context: WorldContext) => Fields)[] = [
  () => ({ messageId: '' }),
  () => ({ messageId: '  ' }),
  () => ({ timestamp: 'foo 1' }),
  () => ({ timestamp: '2026-02-30T10:00:00.000Z' }),
  () => withoutIds,
  () => ({ userId: '', anonymousId: ' ' }),
  () => track('signup', anonymous),
  () => track('cancel', { ...anonymous, userId: '' }),
  () => ({ type: 'identify', ...anonymous, userId: '', traits: { plan: 'solo' } }),
  () => ({ type: 'alias', userId: 'user-0', previousId: 'user-0' }),
  () => ({ type: 'alias', userId: 'user-0', previousId: undefined }),
  () => ({ type: 'alias', ...anonymous, previousId: 'user-0' }),
  () => paid({}),
  () => paid({ revenue: '$5' }),
  () => paid({ revenue: '1,299.00' }),
  () => paid({ revenue: '0x10' }),
  () => paid({ revenue: true }),
  () => paid({ revenue: -19.99 }),
  () => paid({ revenue: 18.99, currency: 'EURO' }),
  () => ({ type: 'identify', ...anonymous, traits: {} }),
  () => track('', { userId: 'user-0' }),
  ({ rng, users }) => track(' ', { userId: rng.pick(users) })
]
