import { FAULT_KINDS, type FaultKind, type Faults } from '@tractionboard/sandbox'
import { CANARY_CALLS, INVALID_CALLS, TOKEN, type CanaryCall } from './canaries'

/** Conditions of a delivery of canary calls. */
export interface Scenario {
  name: string
  calls: CanaryCall[]
  token?: string
  faults?: Faults
  /** Whether every call is delivered. Otherwise at least one must fail. */
  succeeds?: boolean
}

/** Token IDs that are invalid in a header: the HTTP client would repeat them in its error. */
const ILLEGAL_TOKENS = [`${TOKEN} x`, `${TOKEN}\r\nx: y`, `${TOKEN}\u0000`, `${TOKEN}é`, `${TOKEN}🔑`, ' ', '\u007f']

const all = Object.values(CANARY_CALLS)

const conflicting = ({ preset, call }: CanaryCall): CanaryCall => ({
  preset,
  call: { ...call, anonymousId: 'of-another-person' }
})

/** The faults that do not fail a delivery. */
const HARMLESS_FAULTS: FaultKind[] = ['reorder', 'slow']

export const UNREACHABLE_SERVER: Scenario = { name: 'an unreachable server', calls: all }

/** All conditions with a server. */
export const SCENARIOS: Scenario[] = [
  { name: 'no faults', calls: all, succeeds: true },
  { name: 'invalid calls', calls: INVALID_CALLS },
  { name: 'conflicts', calls: [...all, ...all.map(conflicting)] },
  { name: 'an unknown token', token: `${TOKEN}-other`, calls: all },
  ...ILLEGAL_TOKENS.map((token) => ({ name: `the token ${JSON.stringify(token)}`, token, calls: all })),
  ...FAULT_KINDS.map((kind) => ({
    name: `the fault ${kind}`,
    faults: { [kind]: 1, delay_ms: 1 },
    // Each of these takes as long as the timeout.
    calls: all.slice(0, kind === 'timeout' ? 2 : all.length),
    succeeds: HARMLESS_FAULTS.includes(kind)
  }))
]
