import type { FaultPlan } from '../faults/injector'
import { FAULT_KINDS, type FaultKind, type FaultSettings } from '../faults/kinds'
import { bodyTooLarge, problem, type ProblemError } from './problem'

const ERROR_RESPONSES: Partial<Record<FaultKind, (settings: FaultSettings) => ProblemError>> = {
  too_many_requests: ({ retry_after_seconds }) =>
    problem(429, `Too many requests. Try again in ${retry_after_seconds} seconds.`, {
      headers: { 'Retry-After': String(retry_after_seconds) }
    }),
  server_error: ({ server_error_status }) =>
    problem(server_error_status, 'Tractionboard cannot take requests right now. Try again later.'),
  forbidden: () => problem(403, 'The Token ID may not do this.'),
  too_large: bodyTooLarge
}

/** The problem that the plan of a request wants instead of handling the request, if any. */
export function errorResponse({ kinds, settings }: FaultPlan): ProblemError | undefined {
  const kind = FAULT_KINDS.find((each) => kinds.has(each) && ERROR_RESPONSES[each])
  return kind && ERROR_RESPONSES[kind]?.(settings)
}
