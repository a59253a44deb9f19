import type { Definition, Located, Where } from './definition'
import type { SampleCall } from './sample-calls'

/** Whether a definition with such a finding is wrong, or only likely to be. */
export type Severity = 'error' | 'warning'

/** What is wrong in one place of a definition, and what to do. */
export interface Finding {
  rule: string
  severity: Severity
  where: Where
  message: string
}

/** A finding as a rule gives it: `lint` adds the rule's id and severity. */
export type RuleFinding = Located<{ message: string }>

/** One check of a definition. Its id is stable: it is in reports that others may read. */
export interface Rule {
  id: string
  /** What must be true, as a sentence for reports and docs. */
  description: string
  severity: Severity
  /** A page of Segment's documentation that the rule follows. */
  docs?: string
  check: (definition: Definition, samples: readonly SampleCall[]) => RuleFinding[]
}
