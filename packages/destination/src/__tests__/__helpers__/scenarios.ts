import { Destination } from '@segment/actions-core'
import type { DestinationDefinition } from '@segment/actions-core'
import type { Settings } from '../../generated-types'
import { CALL_OF_PRESET, CALLS, callWith } from './calls'
import { sendBatch, sendSingle, TOKEN } from './run'
import type { EventStatus } from './run'

type Definition = DestinationDefinition<Settings>

/**
 * An exchange with Tractionboard over HTTP, recorded once and replayed in tests: what a server really answers. What the
 * destination sends, and what it makes of an answer, is tested without a recording.
 */
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

/** A payment without what these scenarios do not need. */
const payment = (messageId: string, properties: object = { revenue: 49.99 }) =>
  callWith('payment', { messageId, anonymousId: undefined, context: {}, properties })

const payments = [payment('payment-1'), payment('payment-2'), payment('payment-3')]
const unknownCurrency = payment('payment-4', { revenue: 5, currency: 'HRX' })

const accepted: Scenario[] = [
  {
    name: 'A call for each preset',
    run: async (definition) => {
      const statuses: EventStatus[] = []
      for (const [preset, name] of Object.entries(CALL_OF_PRESET)) {
        statuses.push(await sendSingle(definition, preset, CALLS[name]))
      }
      return statuses
    },
    expected: Object.keys(CALL_OF_PRESET).map(() => OK)
  },
  {
    name: 'The same payment twice',
    run: (definition) => sendBatch(definition, 'Payments', [payments[0], payments[0]]),
    expected: [OK, OK]
  },
  {
    name: 'A payment and a custom event from the same call',
    run: async (definition) => [
      await sendSingle(definition, 'Payments', payments[0]),
      await sendSingle(definition, 'Custom Events', callWith('custom', { messageId: 'payment-1', context: {} }))
    ],
    expected: [OK, OK]
  }
]

/** A fault of the server, for three payments in a batch. */
const failure = (name: string, fault: string, expected: Partial<EventStatus>[]): Scenario => ({
  name,
  faults: [fault],
  run: (definition) => sendBatch(definition, 'Payments', payments),
  expected
})

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
  failure('Too many requests', 'too_many_requests', [RATE_LIMITED, RATE_LIMITED, RATE_LIMITED]),
  failure('A failing server', 'server_error', [SERVER_ERROR, SERVER_ERROR, SERVER_ERROR]),
  failure('A forbidden request', 'forbidden', [FORBIDDEN, FORBIDDEN, FORBIDDEN]),
  failure('A response that is not JSON', 'garbage', [UNEXPECTED_RESPONSE, UNEXPECTED_RESPONSE, UNEXPECTED_RESPONSE]),
  failure('A missing result', 'omit', [OK, MISSING_RESULT, OK]),
  failure('A repeated result', 'repeat', [MISSING_RESULT, OK, OK]),
  failure('A result of another event', 'wrong_id', [MISSING_RESULT, OK, OK]),
  failure('Events that may be accepted later', 'unavailable', [{ status: 503 }, { status: 503 }, { status: 503 }]),
  failure('A batch that is too large is split in halves', 'too_large', [OK, OK, OK]),
  {
    name: 'Results in another order',
    faults: ['reorder'],
    run: (definition) => sendBatch(definition, 'Payments', [...payments, unknownCurrency]),
    expected: [OK, OK, OK, { status: 400 }]
  },
  {
    name: 'An event that is too large alone',
    faults: ['too_large'],
    run: (definition) => sendSingle(definition, 'Payments', payments[0]),
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
    run: (definition) => sendBatch(definition, 'Payments', [payments[0], unknownCurrency, payments[1]]),
    expected: [OK, { status: 400, code: 'PAYLOAD_VALIDATION_FAILED' }, OK]
  },
  {
    name: 'A payment with the ID of another payment',
    run: (definition) => sendBatch(definition, 'Payments', [payments[0], payment('payment-1', { revenue: 1 })]),
    expected: [OK, { status: 400, code: 'PAYLOAD_VALIDATION_FAILED' }]
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
    name: 'A bad Token ID with a batch',
    run: (definition) => sendBatch(definition, 'Payments', payments, 'another'),
    expected: [BAD_TOKEN, BAD_TOKEN, BAD_TOKEN]
  }
]

/** Every scenario. Each has a recording of its own. */
export const SCENARIOS: Scenario[] = [...accepted, ...failures, ...rejections, ...accounts]

/**
 * @param scenario a scenario.
 * @returns the name of the file with its recording.
 */
export const recordingOf = ({ name }: Scenario): string => `${name.toLowerCase().replace(/[^a-z0-9]+/g, '-')}.json`
