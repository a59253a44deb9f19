import { update } from 'lodash'
import { parseFql, validate } from '@segment/destination-subscriptions'
import { type Condition, type Level, readFql, type Term, type Value } from './fql-reader'
import type { Call, SampleCall } from './sample-calls'

/**
 * Makes a function that tells whether Segment sends a call to a subscription with this FQL.
 *
 * @see https://segment.com/docs/connections/destinations/actions/#conditions
 */
export function matcher(fql: string): (call: Call) => boolean {
  const parsed = parseFql(fql)
  return (call) => {
    try {
      return validate(parsed, call)
    } catch {
      // Where the parser drops all conditions in parentheses, the validator throws.
      return false
    }
  }
}

/**
 * The sample calls that FQL matches. It may ask for any event name or property, so calls that do not match are given the
 * values that it asks for.
 *
 * @returns an empty list if no call can match, or the text is not FQL.
 */
export function callsFor(fql: string, samples: readonly SampleCall[]): SampleCall[] {
  const level = levelOf(fql)
  if (level === undefined) return []
  const matches = matcher(fql)
  return samples.flatMap((sample) =>
    matches(sample.call)
      ? [sample]
      : adaptCall(sample.call, level)
          .filter(matches)
          .map((call) => ({ ...sample, call }))
  )
}

function levelOf(fql: string): Level | undefined {
  try {
    return readFql(fql)
  } catch {
    return undefined
  }
}

/** Copies of the call that meet the conditions: one, or one for each alternative. */
function adaptCall(call: Call, { terms, operators }: Level): Call[] {
  if (operators[0] === 'or') return terms.flatMap((term) => adaptToTerm(call, term))
  return terms.reduce((calls, term) => calls.flatMap((each) => adaptToTerm(each, term)), [call])
}

function adaptToTerm(call: Call, term: Term): Call[] {
  if (term.kind === 'group') return adaptCall(call, term.level)
  // The type stays: the rest of a page call would not fit a track call.
  if (term.subject[0] === 'type') return [call]
  // Any other text does not contain or match the value.
  const wanted = term.negated ? MATCHING_VALUES['!='] : MATCHING_VALUES[term.operator]
  return [update(structuredClone(call), term.subject, (present: unknown) => wanted(term.value, present)) as Call]
}

/** For each operator, a value that meets the condition. */
const MATCHING_VALUES: Record<Condition['operator'], (value: Value, present: unknown) => unknown> = {
  '=': (value) => value ?? undefined,
  '!=': (value, present) => (typeof value === 'number' ? value + 1 : (present ?? 'anything')),
  '<': (value) => Number(value) - 1,
  '<=': (value) => value,
  '>': (value) => Number(value) + 1,
  '>=': (value) => value,
  contains: (value) => value,
  match: (value) => String(value).replace('*', '')
}
