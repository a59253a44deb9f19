import type { Definition, Located, Where } from './definition'
import type { SampleCall } from './sample-calls'

/** Errors fail the command, warnings do not. */
export type Severity = 'error' | 'warning'

/** What a rule has to say of one place in a definition: what is wrong, and what to do. */
export interface Finding {
  rule: string
  severity: Severity
  where: Where
  message: string
}

/** What one rule finds, before its name is put to it. */
export type RuleFinding = Located<{ message: string }>

/** One validation. */
export interface Rule {
  id: string
  /** What must hold, as a sentence for the docs. */
  description: string
  severity: Severity
  check: (definition: Definition, samples: readonly SampleCall[]) => RuleFinding[]
}
