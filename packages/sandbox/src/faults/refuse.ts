import { bodyTooLarge, problem, type ProblemError } from '../http/problem'
import { OUTCOMES, type FaultSettings, type Outcome } from './settings'
import type { Plan } from './switch'

const REFUSALS: Partial<Record<Outcome, (settings: FaultSettings) => ProblemError>> = {
  too_many_requests: ({ retry_after_seconds }) =>
    problem(429, `Too many requests. Try again in ${retry_after_seconds} seconds.`, {
      headers: { 'Retry-After': String(retry_after_seconds) }
    }),
  server_error: ({ server_error_status }) =>
    problem(server_error_status, 'Tractionboard cannot take requests right now. Try again later.'),
  forbidden: () => problem(403, 'The Token ID may not do this.'),
  too_large: bodyTooLarge
}

/** The problem that a plan answers a request with instead of serving it, if it does. */
export function refusal({ outcomes, settings }: Plan): ProblemError | undefined {
  const outcome = OUTCOMES.find((each) => outcomes.has(each) && REFUSALS[each])
  return outcome && REFUSALS[outcome]?.(settings)
}
