import type { Definition } from './definition'
import type { Finding } from './finding'
import { RULES } from './rules'
import { SAMPLE_CALLS, type SampleCall } from './sample-calls'

export { structuralError, type Definition, type Where } from './definition'
export type { Finding, Rule, Severity } from './finding'
export { RULES } from './rules'
export { SAMPLE_CALLS, type Call, type SampleCall } from './sample-calls'

/**
 * Everything that is wrong in a definition, in the order of the rules.
 *
 * @param calls more calls to try subscriptions and defaults on, for what Segment's spec does not name.
 */
export function lint(definition: Definition, calls: readonly SampleCall[] = []): Finding[] {
  const samples = [...SAMPLE_CALLS, ...calls]
  return RULES.flatMap(({ id, severity, check }) =>
    check(definition, samples).map(({ where, message }) => ({ rule: id, severity, where, message }))
  )
}
