import type { WireEvent } from '@tractionboard/contract'

/** What a test sets of an event. */
interface Fields {
  /** Becomes `external_user_id`. */
  user?: string
  /** Becomes `anonymous_id`. */
  anonymous?: string
  id?: string
  [field: string]: unknown
}

const REQUIRED: Partial<Record<WireEvent['type'], object>> = {
  visit: { channel: 'page' },
  payment: { amount: 10, currency: 'USD' },
  refund: { amount: 10, currency: 'USD' },
  attribute: { attributes: {} },
  event: { name: 'Report Exported' }
}

/**
 * Makes a valid event.
 *
 * @param day the day of January 2026 on which it occurred.
 */
export function on<T extends WireEvent['type']>(
  day: number,
  type: T,
  { user, anonymous, ...fields }: Fields
): Extract<WireEvent, { type: T }> {
  return {
    type,
    id: `${type}-${day}-${user ?? anonymous}`,
    occurred_at: `2026-01-${String(day).padStart(2, '0')}T12:00:00Z`,
    ...(user !== undefined && { external_user_id: user }),
    ...(anonymous !== undefined && { anonymous_id: anonymous }),
    ...REQUIRED[type],
    ...fields
  } as unknown as Extract<WireEvent, { type: T }>
}

/** Makes a valid event whose JSON has this number of bytes, with a character of several bytes in it. */
export function sized(bytes: number, id = 'sized'): WireEvent {
  const bare = on(1, 'event', { user: 'u', id, properties: { text: 'é' } })
  const filler = 'x'.repeat(bytes - Buffer.byteLength(JSON.stringify(bare)))
  return { ...bare, properties: { text: `é${filler}` } }
}
