import { Destination } from '@segment/actions-core'
import type { DestinationDefinition, SegmentEvent } from '@segment/actions-core'
import type { Settings } from '../../generated-types'
import { CALL_OF_PRESET, CALLS, changed } from './calls'
import { batch, single, TOKEN } from './run'
import type { Told } from './run'

type Definition = DestinationDefinition<Settings>

/** Something that the destination does with Tractionboard over HTTP, recorded once and replayed in tests. */
export interface Scenario {
  /** A sentence; in lower case and with dashes, the name of the recording. */
  name: string
  /** What was staged so that Tractionboard answers in this way, an outcome a request. Nothing goes wrong by default. */
  staged?: string[]
  run: (definition: Definition) => Promise<Told | Told[]>
  /** What Segment is told in the end. */
  told: Told | Partial<Told>[]
}

const OK: Told = { status: 200 }

/** Each call alone, and in a batch with a call that cannot be sent and the same call again. */
const delivered = Object.entries(CALL_OF_PRESET).flatMap(([preset, name]): Scenario[] => [
  {
    name: `${preset} alone`,
    run: (definition) => single(definition, preset, CALLS[name]),
    told: OK
  },
  {
    name: `${preset} in a batch`,
    run: (definition) => batch(definition, preset, [CALLS[name], changed(name, { timestamp: 'never' }), CALLS[name]]),
    told: [OK, { status: 400, code: 'PAYLOAD_VALIDATION_FAILED' }, OK]
  }
])

const payments = [
  CALLS.payment,
  changed('payment', { messageId: 'payment-2' }),
  changed('payment', { messageId: 'payment-3' })
]
const unknownCurrency = changed('payment', { messageId: 'payment-4', properties: { revenue: 5, currency: 'EURO' } })

/** A failure of one payment alone and of three in a batch, staged by the same outcome. */
const failed = (what: string, outcome: string, alone: Told, batched: Partial<Told>[]): Scenario[] => [
  {
    name: `${what} alone`,
    staged: [outcome],
    run: (definition) => single(definition, 'Payments', CALLS.payment),
    told: alone
  },
  {
    name: `${what} in a batch`,
    staged: [outcome],
    run: (definition) => batch(definition, 'Payments', payments),
    told: batched
  }
]

const retried = (status: number, message: string): Told => ({ status, code: 'RETRYABLE_ERROR', message })
const UNREADABLE = retried(502, 'Tractionboard returned an unexpected answer (HTTP 200).')
const UNANSWERED = retried(502, 'The answer does not have exactly one result for this event.')
const TOO_MANY = retried(
  429,
  'Tractionboard is receiving too many requests (HTTP 429, Too many requests. Try again in 2 seconds, Retry-After: 2).'
)
const FAILED = retried(
  503,
  'Tractionboard returned a server error (HTTP 503, Tractionboard cannot take requests right now. Try again later).'
)
const FORBIDDEN: Told = {
  status: 401,
  code: 'INVALID_AUTHENTICATION',
  message: 'Tractionboard refuses the Token ID (HTTP 403, The Token ID may not do this).'
}

const failures: Scenario[] = [
  ...failed('Too many requests', 'too_many_requests', TOO_MANY, [TOO_MANY, TOO_MANY, TOO_MANY]),
  ...failed('A failing server', 'server_error', FAILED, [FAILED, FAILED, FAILED]),
  ...failed('A forbidden request', 'forbidden', FORBIDDEN, [FORBIDDEN, FORBIDDEN, FORBIDDEN]),
  ...failed('An answer that is no JSON', 'garbage', UNREADABLE, [UNREADABLE, UNREADABLE, UNREADABLE]),
  ...failed('A missing result', 'omit', UNANSWERED, [OK, UNANSWERED, OK]),
  ...failed('A repeated result', 'repeat', UNANSWERED, [UNANSWERED, OK, OK]),
  ...failed('A result of another event', 'wrong_id', UNANSWERED, [UNANSWERED, OK, OK]),
  {
    name: 'Results in another order',
    staged: ['reorder'],
    run: (definition) => batch(definition, 'Payments', [...payments, unknownCurrency]),
    told: [OK, OK, OK, { status: 400 }]
  },
  {
    name: 'A batch that is too large goes in halves',
    staged: ['too_large'],
    run: (definition) => batch(definition, 'Payments', payments),
    told: [OK, OK, OK]
  },
  {
    name: 'An event that is too large alone',
    staged: ['too_large'],
    run: (definition) => single(definition, 'Payments', CALLS.payment),
    told: {
      status: 400,
      code: 'PAYLOAD_VALIDATION_FAILED',
      message:
        'The event is too large for a request (HTTP 413, The body is larger than 4194304 bytes, uncompressed. Send less at a time).'
    }
  }
]

const rejections: Scenario[] = [
  {
    name: 'A rejected payment among accepted ones',
    run: (definition) => batch(definition, 'Payments', [CALLS.payment, unknownCurrency, payments[1]]),
    told: [OK, { status: 400, code: 'PAYLOAD_VALIDATION_FAILED' }, OK]
  },
  {
    name: 'A payment with the id of another',
    run: (definition) =>
      batch(definition, 'Payments', [CALLS.payment, changed('payment', { properties: { revenue: 1 } })]),
    told: [OK, { status: 400, code: 'PAYLOAD_VALIDATION_FAILED' }]
  },
  {
    name: 'Events that can be taken later',
    staged: ['unavailable'],
    run: (definition) => batch(definition, 'Payments', payments),
    told: [{ status: 503 }, { status: 503 }, { status: 503 }]
  },
  {
    name: 'A custom event beside the payment of the same call',
    run: async (definition) => [
      await single(definition, 'Payments', CALLS.payment),
      await single(definition, 'Custom Events', changed('custom', { messageId: CALLS.payment.messageId }))
    ],
    told: [OK, OK]
  }
]

const authenticate = (tokenId: string) => async (definition: Definition) => {
  try {
    await new Destination(definition).testAuthentication({ tokenId })
    return OK
  } catch (error) {
    return { status: 401, message: (error as Error).message }
  }
}

const erase =
  (ids: object, tokenId = TOKEN) =>
  async (definition: Definition) => {
    try {
      const call = { type: 'delete', ...ids } as unknown as SegmentEvent
      await new Destination(definition).onDelete?.(call, { tokenId })
      return OK
    } catch (error) {
      const { status, code, message } = error as Told
      return { status, code, message }
    }
  }

const NOT_KNOWN = 'The Token ID is not known. Copy it from the Tractionboard Dashboard under Settings > Integrations'
const BAD_TOKEN: Told = {
  status: 401,
  code: 'INVALID_AUTHENTICATION',
  message: `Tractionboard refuses the Token ID (HTTP 401, ${NOT_KNOWN}).`
}

const accounts: Scenario[] = [
  { name: 'A good Token ID', run: authenticate(TOKEN), told: OK },
  {
    name: 'A bad Token ID',
    run: authenticate('another'),
    told: { status: 401, message: `Credentials are invalid:  ${BAD_TOKEN.message as string}` }
  },
  {
    name: 'A bad Token ID of an event alone',
    run: (definition) => single(definition, 'Payments', CALLS.payment, 'another'),
    told: BAD_TOKEN
  },
  {
    name: 'A bad Token ID of a batch',
    run: (definition) => batch(definition, 'Payments', payments, 'another'),
    told: [BAD_TOKEN, BAD_TOKEN, BAD_TOKEN]
  },
  { name: 'The deletion of a user', run: erase({ userId: 'user 1/2' }), told: OK },
  { name: 'The deletion of a visitor', run: erase({ anonymousId: 'visitor-1' }), told: OK },
  {
    name: 'The deletion of a user and a visitor',
    run: erase({ userId: 'user-1', anonymousId: 'visitor-1' }),
    told: OK
  },
  { name: 'A deletion with a bad Token ID', run: erase({ userId: 'user-1' }, 'another'), told: BAD_TOKEN }
]

/** Every scenario. Each is recorded in a file of its own. */
export const SCENARIOS: Scenario[] = [...delivered, ...failures, ...rejections, ...accounts]

/** The file that a scenario is recorded in. */
export const recordingOf = ({ name }: Scenario): string => `${name.toLowerCase().replace(/[^a-z0-9]+/g, '-')}.json`
