import { inlineCode, table } from '../../../packages/cli/src/markdown/syntax'
import { BANNER, fillPage } from './page'

/** A row of the destination's table of outcomes, as far as the page shows it. */
interface Outcome {
  description: string
  verdict: 'success' | 'invalid' | 'authentication' | 'retry'
  status: number
  httpStatuses?: readonly (number | string)[]
  split?: true
}

/** The error type that Segment records for each verdict other than success. */
type ErrorTypes = Record<Exclude<Outcome['verdict'], 'success'>, string>

const NEXT_STEPS: Record<Outcome['verdict'], string> = {
  success: 'No: it is delivered',
  invalid: 'No: the same event would fail again',
  authentication: 'No: fix the Token ID',
  retry: 'Yes, for up to four hours'
}

/**
 * `docs/errors-and-retries.md`.
 *
 * @param outcomes the destination's table of outcomes.
 * @param errorTypes the error types of its verdicts.
 */
export function errorsPage(outcomes: Record<string, Outcome>, errorTypes: ErrorTypes): string {
  const page = fillPage('errors', {
    outcomes: table(
      ['Row', 'What happened', 'HTTP status of the response', 'What Segment records', 'Is it sent again?'],
      Object.entries(outcomes).map(([id, outcome]) => [
        inlineCode(id),
        outcome.description,
        (outcome.httpStatuses ?? []).map((status) => inlineCode(String(status))).join(', '),
        describeVerdict(outcome, errorTypes),
        outcome.split ? 'Several events: yes, at once, in two halves. One alone: no' : NEXT_STEPS[outcome.verdict]
      ])
    )
  })
  return `${BANNER}\n\n${page}`
}

const describeVerdict = ({ verdict, status }: Outcome, errorTypes: ErrorTypes): string =>
  [inlineCode(String(status)), ...(verdict === 'success' ? [] : [inlineCode(errorTypes[verdict])])].join(' ')
