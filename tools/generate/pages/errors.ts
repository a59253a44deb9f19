import { BANNER, code, table } from '../../../packages/cli/src/docs/markdown'

/** A row of the destination's table of outcomes, so far as it is told here. */
interface Outcome {
  when: string
  verdict: 'success' | 'invalid' | 'authentication' | 'retry'
  status: number
  http?: readonly (number | string)[]
  split?: true
}

/** The error type that Segment is told for each verdict that is no success. */
type ErrorTypes = Record<Exclude<Outcome['verdict'], 'success'>, string>

const NEXT: Record<Outcome['verdict'], string> = {
  success: 'No: it is delivered',
  invalid: 'No: the same event would fail again',
  authentication: 'No: somebody has to mend the Token ID',
  retry: 'Yes, for four hours'
}

/**
 * The page `docs/errors-and-retries.md`.
 *
 * @param outcomes the destination's table of outcomes.
 * @param errorTypes the error types that go with its verdicts.
 */
export const errorsPage = (outcomes: Record<string, Outcome>, errorTypes: ErrorTypes): string => `${BANNER}

# Errors and retries

What becomes of an event is decided by one table. An event that is sent alone and one that is sent in a batch come to the
same: in a batch, each event has an outcome of its own, and only those that are to be tried again are sent again.

Segment sends an event again for four hours, in batches that it may put together anew. Tractionboard knows an event by its
type and its ID together, and takes it only once: whatever was accepted before is a \`duplicate\`, which counts as
delivered and is not counted twice. Nor does the order matter: everything is placed by the time when it happened.

${table(
  ['Row', 'What happened', 'HTTP status of the answer', 'What Segment is told', 'Is it sent again?'],
  Object.entries(outcomes).map(([id, outcome]) => [
    code(id),
    outcome.when,
    (outcome.http ?? []).map((status) => code(String(status))).join(', '),
    toldOf(outcome, errorTypes),
    outcome.split ? 'Several events: yes, at once, in two halves. One alone: no' : NEXT[outcome.verdict]
  ])
)}

An answer whose status has no row of its own is \`unreadable\`. A row without a status is about one event in an answer, or
about an event that was never sent.

A deletion (GDPR) or a check of the Token ID that fails goes by the same rows.
`

const toldOf = ({ verdict, status }: Outcome, errorTypes: ErrorTypes): string =>
  [code(String(status)), ...(verdict === 'success' ? [] : [code(errorTypes[verdict])])].join(' ')
