import type { Fields } from '@tractionboard/testing/call-builder'
import type { Cast } from './cast'

const nobody = { userId: null, anonymousId: null }

const track = (event: string, said: Fields): Fields => ({ type: 'track', event, properties: {}, ...said })

const paid = (properties: Fields): Fields => track('Payment Made', { userId: 'user-0', properties })

const visitor = { userId: null, anonymousId: 'device-0' }

/** Calls that a program with a mistake in it makes: the members that a good call has instead of its own. */
export const BAD_CALLS: ((cast: Cast) => Fields)[] = [
  () => ({ messageId: '' }),
  () => ({ messageId: '  ' }),
  () => ({ timestamp: 'foo 1' }),
  () => ({ timestamp: '2026-02-30T10:00:00.000Z' }),
  () => nobody,
  () => ({ userId: '', anonymousId: ' ' }),
  () => track('signup', visitor),
  () => track('cancel', { ...visitor, userId: '' }),
  () => ({ type: 'identify', ...visitor, userId: '', traits: { plan: 'solo' } }),
  () => ({ type: 'alias', userId: 'user-0', previousId: 'user-0' }),
  () => ({ type: 'alias', userId: 'user-0', previousId: undefined }),
  () => ({ type: 'alias', ...visitor, previousId: 'user-0' }),
  () => paid({}),
  () => paid({ revenue: '$5' }),
  () => paid({ revenue: '1,299.00' }),
  () => paid({ revenue: '0x10' }),
  () => paid({ revenue: true }),
  () => paid({ revenue: -19.99 }),
  () => paid({ revenue: 18.99, currency: 'EURO' }),
  () => ({ type: 'identify', ...visitor, traits: {} }),
  () => track('', { userId: 'user-0' }),
  ({ rng, users }) => track(' ', { userId: rng.pick(users) })
]
