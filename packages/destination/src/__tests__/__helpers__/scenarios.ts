import { Destination } from '@segment/actions-core'
import type { DestinationDefinition, SegmentEvent } from '@segment/actions-core'
import type { Settings } from '../../generated-types'
import { CALL_OF_PRESET, CALLS, callWith } from './calls'
import { sendBatch, sendSingle, TOKEN } from './run'
import type { EventStatus } from './run'

type Definition = DestinationDefinition<Settings>

/** An exchange with Tractionboard over HTTP, recorded once and replayed in tests. */
export interface Scenario {
  /** A sentence; in lower case and with dashes, the name of the recording. */
  name: string
  /** The faults that the sandbox injects when the scenario is recorded, one for each request. None by default. */
  faults?: string[]
  run: (definition: Definition) => Promise<EventStatus | EventStatus[]>
  /** What Segment records in the end. */
  expected: EventStatus | Partial<EventStatus>[]
}

const OK: EventStatus = { status: 200 }

/** Each call alone, and in a batch with an invalid call and the same call again. */
const delivered = Object.entries(CALL_OF_PRESET).flatMap(([preset, name]): Scenario[] => [
  {
    name: `${preset} alone`,
    run: (definition) => sendSingle(definition, preset, CALLS[name]),
    expected: OK
  },
  {
    name: `${preset} in a batch`,
    run: (definition) =>
      sendBatch(definition, preset, [CALLS[name], callWith(name, { timestamp: 'never' }), CALLS[name]]),
    expected: [OK, { status: 400, code: 'PAYLOAD_VALIDATION_FAILED' }, OK]
  }
])

const payments = [
  CALLS.payment,
  callWith('payment', { messageId: 'payment-2' }),
  callWith('payment', { messageId: 'payment-3' })
]
const unknownCurrency = callWith('payment', { messageId: 'payment-4', properties: { revenue: 5, currency: 'EURO' } })

/** The same fault for one payment alone and for three in a batch. */
const failure = (what: string, fault: string, alone: EventStatus, batched: Partial<EventStatus>[]): Scenario[] => [
  {
    name: `${what} alone`,
    faults: [fault],
    run: (definition) => sendSingle(definition, 'Payments', CALLS.payment),
    expected: alone
  },
  {
    name: `${what} in a batch`,
    faults: [fault],
    run: (definition) => sendBatch(definition, 'Payments', payments),
    expected: batched
  }
]

const retry = (status: number, message: string): EventStatus => ({ status, code: 'RETRYABLE_ERROR', message })
const UNEXPECTED_RESPONSE = retry(502, 'Tractionboard returned an unexpected response (HTTP 200).')
const MISSING_RESULT = retry(502, 'The response does not have exactly one result for this event.')
const RATE_LIMITED = retry(
  429,
  'Tractionboard is receiving too many requests (HTTP 429, Too many requests. Try again in 2 seconds, Retry-After: 2).'
)
const SERVER_ERROR = retry(
  503,
  'Tractionboard returned a server error (HTTP 503, Tractionboard cannot take requests right now. Try again later).'
)
const FORBIDDEN: EventStatus = {
  status: 401,
  code: 'INVALID_AUTHENTICATION',
  message: 'Tractionboard refuses the Token ID (HTTP 403, The Token ID may not do this).'
}

const failures: Scenario[] = [
  ...failure('Too many requests', 'too_many_requests', RATE_LIMITED, [RATE_LIMITED, RATE_LIMITED, RATE_LIMITED]),
  ...failure('A failing server', 'server_error', SERVER_ERROR, [SERVER_ERROR, SERVER_ERROR, SERVER_ERROR]),
  ...failure('A forbidden request', 'forbidden', FORBIDDEN, [FORBIDDEN, FORBIDDEN, FORBIDDEN]),
  ...failure('A response that is not JSON', 'garbage', UNEXPECTED_RESPONSE, [
    UNEXPECTED_RESPONSE,
    UNEXPECTED_RESPONSE,
    UNEXPECTED_RESPONSE
  ]),
  ...failure('A missing result', 'omit', MISSING_RESULT, [OK, MISSING_RESULT, OK]),
  ...failure('A repeated result', 'repeat', MISSING_RESULT, [MISSING_RESULT, OK, OK]),
  ...failure('A result of another event', 'wrong_id', MISSING_RESULT, [MISSING_RESULT, OK, OK]),
  {
    name: 'Results in another order',
    faults: ['reorder'],
    run: (definition) => sendBatch(definition, 'Payments', [...payments, unknownCurrency]),
    expected: [OK, OK, OK, { status: 400 }]
  },
  {
    name: 'A batch that is too large is split in halves',
    faults: ['too_large'],
    run: (definition) => sendBatch(definition, 'Payments', payments),
    expected: [OK, OK, OK]
  },
  {
    name: 'An event that is too large alone',
    faults: ['too_large'],
    run: (definition) => sendSingle(definition, 'Payments', CALLS.payment),
    expected: {
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
    run: (definition) => sendBatch(definition, 'Payments', [CALLS.payment, unknownCurrency, payments[1]]),
    expected: [OK, { status: 400, code: 'PAYLOAD_VALIDATION_FAILED' }, OK]
  },
  {
    name: 'A payment with the ID of another payment',
    run: (definition) =>
      sendBatch(definition, 'Payments', [CALLS.payment, callWith('payment', { properties: { revenue: 1 } })]),
    expected: [OK, { status: 400, code: 'PAYLOAD_VALIDATION_FAILED' }]
  },
  {
    name: 'Events that may be accepted later',
    faults: ['unavailable'],
    run: (definition) => sendBatch(definition, 'Payments', payments),
    expected: [{ status: 503 }, { status: 503 }, { status: 503 }]
  },
  {
    name: 'A payment and a custom event from the same call',
    run: async (definition) => [
      await sendSingle(definition, 'Payments', CALLS.payment),
      await sendSingle(definition, 'Custom Events', callWith('custom', { messageId: CALLS.payment.messageId }))
    ],
    expected: [OK, OK]
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
      const { status, code, message } = error as EventStatus
      return { status, code, message }
    }
  }

const UNKNOWN_TOKEN =
  'The Token ID is not known. Copy it from the Tractionboard Dashboard under Settings > Integrations'
const BAD_TOKEN: EventStatus = {
  status: 401,
  code: 'INVALID_AUTHENTICATION',
  message: `Tractionboard refuses the Token ID (HTTP 401, ${UNKNOWN_TOKEN}).`
}

const accounts: Scenario[] = [
  { name: 'A valid Token ID', run: authenticate(TOKEN), expected: OK },
  {
    name: 'A bad Token ID',
    run: authenticate('another'),
    expected: { status: 401, message: `Credentials are invalid:  ${BAD_TOKEN.message as string}` }
  },
  {
    name: 'A bad Token ID with a single event',
    run: (definition) => sendSingle(definition, 'Payments', CALLS.payment, 'another'),
    expected: BAD_TOKEN
  },
  {
    name: 'A bad Token ID with a batch',
    run: (definition) => sendBatch(definition, 'Payments', payments, 'another'),
    expected: [BAD_TOKEN, BAD_TOKEN, BAD_TOKEN]
  },
  { name: 'The deletion of a user', run: erase({ userId: 'user 1/2' }), expected: OK },
  { name: 'The deletion of a visitor', run: erase({ anonymousId: 'visitor-1' }), expected: OK },
  {
    name: 'The deletion of a user and a visitor',
    run: erase({ userId: 'user-1', anonymousId: 'visitor-1' }),
    expected: OK
  },
  { name: 'A deletion with a bad Token ID', run: erase({ userId: 'user-1' }, 'another'), expected: BAD_TOKEN }
]

/** Every scenario. Each has a recording of its own. */
export const SCENARIOS: Scenario[] = [...delivered, ...failures, ...rejections, ...accounts]

/**
 * @param scenario a scenario.
 * @returns the name of the file with its recording.
 */
export const recordingOf = ({ name }: Scenario): string => `${name.toLowerCase().replace(/[^a-z0-9]+/g, '-')}.json`
