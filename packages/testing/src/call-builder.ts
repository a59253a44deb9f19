import type { Rng } from './random'
import { iso, type Moment } from './time'

/** What a JSON object holds. */
export type Fields = Record<string, unknown>

/** A call as it stands on a line of Segment's raw logs. */
export interface Call extends Fields {
  type: string
  messageId: string
  userId?: string | null
  anonymousId?: string | null
  context: Fields
  timestamp: string
  receivedAt: string
  sentAt: string
  originalTimestamp: string
}

/** What somebody tells Segment: the call without what the library and Segment add. */
export interface Told extends Fields {
  type: string
  context: Fields
}

/** When a call was made, and how long it took to arrive: a phone without a network keeps it for hours. */
export interface Timing {
  at: Moment
  delay?: number
  /** How far the clock of the device is wrong. */
  skew?: number
}

/** Which library made a call. */
export type Library = 'web' | 'ios' | 'server' | 'engage'

const LIBRARIES: Record<Library, { channel: string; prefix: string; library?: Fields; integrations: Fields }> = {
  web: {
    channel: 'browser',
    prefix: 'ajs-next-',
    library: { name: 'analytics.js', version: 'npm:next-1.81.0' },
    integrations: {}
  },
  ios: { channel: 'mobile', prefix: '', library: { name: 'analytics-swift', version: '1.7.3' }, integrations: {} },
  server: {
    channel: 'server',
    prefix: 'node-next-',
    library: { name: '@segment/analytics-node', version: '2.3.0' },
    integrations: { All: true }
  },
  engage: { channel: 'server', prefix: 'personas_', integrations: { All: false, Tractionboard: true } }
}

/**
 * Makes the raw call. Segment corrects the clock of the device (`timestamp` is `receivedAt` less the time that the call
 * waited to be sent), so `timestamp` is when it really happened, whatever the device believed.
 */
export function rawCall(library: Library, told: Told, { at, delay = 0, skew = 0 }: Timing, rng: Rng): Call {
  const { channel, prefix, library: named, integrations } = LIBRARIES[library]
  const waited = delay + rng.between(40, 2500)
  return inOrder({
    ...told,
    channel,
    context: inOrder(named ? { ...told.context, library: named } : told.context),
    integrations,
    messageId: prefix + rng.uuid(),
    originalTimestamp: iso(at + skew),
    receivedAt: iso(at + waited),
    sentAt: iso(at + skew + waited),
    timestamp: iso(at),
    version: 2
  }) as Call
}

/** The same object with its keys in the order of the alphabet, as in Segment's logs. */
export const inOrder = (fields: Fields): Fields =>
  Object.fromEntries(Object.entries(fields).sort(([one], [other]) => (one < other ? -1 : 1)))
