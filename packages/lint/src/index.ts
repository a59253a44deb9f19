import type { Definition } from './definition'
import type { Finding } from './finding'
import { RULES } from './rules'
import { SAMPLE_CALLS, type SampleCall } from './sample-calls'

export { structuralError, type Definition, type Where } from './definition'
export type { Finding, Rule, Severity } from './finding'
export { fqlProblem } from './fql-rules'
export { RULES } from './rules'
export { SAMPLE_CALLS, type Call, type SampleCall } from './sample-calls'

/**
 * Checks a definition with all rules.
 *
 * @param definition any definition that `structuralError` finds nothing in.
 * @param calls more calls to try subscriptions and defaults on, such as calls with your own properties.
 * @returns the findings in the order of the rules; none if all is well.
 * @example
 * const errors = lint(definition).filter(({ severity }) => severity === 'error')
 */
export function lint(definition: Definition, calls: readonly SampleCall[] = []): Finding[] {
  const samples = [...SAMPLE_CALLS, ...calls]
  return RULES.flatMap(({ id, severity, check }) =>
    check(definition, samples).map(({ where, message }) => ({ rule: id, severity, where, message }))
  )
}
