import { BANNER, code, table } from '../../../packages/cli/src/docs/markdown'

/** What this page shows of a row of the destination's table of outcomes. */
interface Outcome {
  description: string
  verdict: 'success' | 'invalid' | 'authentication' | 'retry'
  status: number
  httpStatuses?: readonly (number | string)[]
  split?: true
}

/** The error type that Segment gets for each verdict except success. */
type ErrorTypes = Record<Exclude<Outcome['verdict'], 'success'>, string>

const NEXT: Record<Outcome['verdict'], string> = {
  success: 'No: it is delivered',
  invalid: 'No: the same event would fail again',
  authentication: 'No: fix the Token ID',
  retry: 'Yes, for up to four hours'
}

/**
 * The page `docs/errors-and-retries.md`.
 *
 * @param outcomes the destination's table of outcomes.
 * @param errorTypes the error types that go with its verdicts.
 */
export const errorsPage = (outcomes: Record<string, Outcome>, errorTypes: ErrorTypes): string => `${BANNER}

# Errors and retries

One table decides the outcome of each event, whether it is sent alone or in a batch. In a batch, each event has its own
outcome, and only the events to be retried are sent again.

Segment [retries](https://segment.com/docs/connections/destinations/#retries-between-segment-and-destinations) an event for
up to four hours, and may regroup the batches. This is safe. Tractionboard identifies an event by its type and its ID
together and counts it once: if it was accepted before, the outcome is \`duplicate\`, which means that it is delivered. The
order of events does not matter either, because Tractionboard sorts them by the time when they happened.

${table(
  ['Outcome', 'What happened', 'HTTP status of the response', 'What Segment gets', 'Is it retried?'],
  Object.entries(outcomes).map(([id, outcome]) => [
    code(id),
    outcome.description,
    (outcome.httpStatuses ?? []).map((status) => code(String(status))).join(', '),
    segmentStatus(outcome, errorTypes),
    outcome.split ? 'A batch: yes, at once, in two halves. A single event: no' : NEXT[outcome.verdict]
  ])
)}

A response whose status is not in the table is an \`unexpectedResponse\`. A row without a status is about one event of a
response, about an event that is not sent, or about a request without a response.

The same table decides the error of a deletion (GDPR) or a check of the Token ID.
`

const segmentStatus = ({ verdict, status }: Outcome, errorTypes: ErrorTypes): string =>
  [code(String(status)), ...(verdict === 'success' ? [] : [code(errorTypes[verdict])])].join(' ')
