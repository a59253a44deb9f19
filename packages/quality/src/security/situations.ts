import { FAULT_KINDS, type FaultKind, type Faults } from '@tractionboard/sandbox'
import { PLANTED, SPOILT_CALLS, TOKEN, type Planted } from './canaries'

/** How planted calls fare. */
export interface Situation {
  name: string
  calls: Planted[]
  token?: string
  faults?: Faults
  /** Whether every call is delivered. Otherwise at least some are not, or the situation is none. */
  isGood?: boolean
}

/** Token IDs that no header may have: the HTTP client would repeat them in its error. */
const ILLEGAL_TOKENS = [`${TOKEN} x`, `${TOKEN}\r\nx: y`, `${TOKEN}\u0000`, `${TOKEN}é`, `${TOKEN}🔑`, ' ', '\u007f']

const all = Object.values(PLANTED)

const contradicted = ({ preset, call }: Planted): Planted => ({
  preset,
  call: { ...call, timestamp: '2026-03-03T00:00:00.000Z' }
})

/** The one fault that the destination puts right by itself, and the one that is no more than a wait. */
const HARMLESS: FaultKind[] = ['reorder', 'slow']

/** Nobody listens. */
export const NOBODY_THERE: Situation = { name: 'nobody there', calls: all }

/** Everything that can become of calls while somebody listens. */
export const SITUATIONS: Situation[] = [
  { name: 'all is well', calls: all, isGood: true },
  { name: 'calls that are wrong', calls: SPOILT_CALLS },
  { name: 'the same ids with other content', calls: [...all, ...all.map(contradicted)] },
  { name: 'a token that is not known', token: `${TOKEN}-other`, calls: all },
  ...ILLEGAL_TOKENS.map((token) => ({ name: `the token ${JSON.stringify(token)}`, token, calls: all })),
  ...FAULT_KINDS.map((kind) => ({
    name: `the fault ${kind}`,
    faults: { [kind]: 1, delay_ms: 1 },
    // Each of these takes as long as the destination waits.
    calls: all.slice(0, kind === 'timeout' ? 2 : all.length),
    isGood: HARMLESS.includes(kind)
  }))
]
