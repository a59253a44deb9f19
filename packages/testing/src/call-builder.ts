import type { Rng } from './random'
import { toIso, type Millis } from './time'

/** A JSON object. */
export type Fields = Record<string, unknown>

/** A call as Segment's raw logs have it, one on a line. */
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

/** A call without what the library and Segment add. */
export interface CallInput extends Fields {
  type: string
  context: Fields
}

/** When a call was made, and how long it took to arrive, in milliseconds. */
export interface Timing {
  at: Millis
  /** How long the call waited on the device: an offline phone keeps it for hours. */
  delay?: number
  /** The error of the device's clock, in milliseconds. */
  skew?: number
}

/** The library that made a call. */
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
 * Builds a raw call. Its `timestamp` is right even if the device's clock is wrong, because Segment corrects it.
 *
 * @see https://segment.com/docs/connections/spec/common/#timestamps
 */
export function rawCall(library: Library, input: CallInput, { at, delay = 0, skew = 0 }: Timing, rng: Rng): Call {
  const { channel, prefix, library: named, integrations } = LIBRARIES[library]
  const transit = delay + rng.between(40, 2500)
  return sortKeys({
    ...input,
    channel,
    context: sortKeys(named ? { ...input.context, library: named } : input.context),
    integrations,
    messageId: prefix + rng.uuid(),
    originalTimestamp: toIso(at + skew),
    receivedAt: toIso(at + transit),
    sentAt: toIso(at + skew + transit),
    timestamp: toIso(at),
    version: 2
  }) as Call
}

/** The same object with its keys sorted, as in Segment's logs. */
export const sortKeys = (fields: Fields): Fields =>
  Object.fromEntries(Object.entries(fields).sort(([one], [other]) => (one < other ? -1 : 1)))
