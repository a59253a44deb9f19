import type { MappingStatus } from '../../src/api-types'

const LOOKS: Record<MappingStatus, string> = {
  'not matched': 'is-quiet',
  waiting: 'is-busy',
  sending: 'is-busy',
  retrying: 'is-warning',
  accepted: 'is-good',
  duplicate: 'is-quiet',
  rejected: 'is-bad',
  'given up': 'is-bad'
}

/** What became of a call under a mapping. */
export const Status = ({ status }: { status: MappingStatus }) => <span class={`badge ${LOOKS[status]}`}>{status}</span>

/** The type of a call. */
export const CallType = ({ type }: { type: string }) => <span class={`type is-${type}`}>{type}</span>
