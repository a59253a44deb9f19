import type { SegmentEvent } from '@segment/actions-core'
import { errorMessage } from './errors'

type Known = { matches: (call: SegmentEvent, error: unknown) => boolean; problem: string }

/** What actions-core throws at without naming it. */
const KNOWN: Known[] = [
  {
    matches: ({ context }) => context === null,
    problem: 'context is null. Send an object, or leave it out.'
  },
  {
    matches: ({ context }) => context?.personas === null,
    problem: 'context.personas is null. Send an object, or leave it out.'
  },
  {
    matches: (_, error) => /call stack/.test(errorMessage(error)),
    problem: 'it is nested too deeply. Send flatter objects and lists.'
  }
]

/**
 * Says why actions-core threw at a call instead of giving a verdict.
 *
 * @param error what it threw.
 */
export function processingError(error: unknown, call: SegmentEvent): string {
  const problem = KNOWN.find(({ matches }) => matches(call, error))?.problem ?? errorMessage(error)
  return `actions-core cannot process this call: ${problem}`
}

/**
 * Whether an error comes from code that did not expect the call, and not from the destination or its server. `fetch`
 * throws TypeErrors, too, with the failure of the network as their cause.
 */
export const isProcessingError = (error: unknown): boolean =>
  ['TypeError', 'RangeError'].includes((error as Error | undefined)?.name ?? '') && (error as Error).cause === undefined
