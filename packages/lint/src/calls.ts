import { parseFql, validate } from '@segment/destination-subscriptions'
import { type Condition, type Level, readFql, type Term, type Value } from './fql-reader'
import type { Call, SampleCall } from './sample-calls'

/** Tells whether Segment sends a call to what subscribes with this FQL. */
export function matcher(fql: string): (call: Call) => boolean {
  const parsed = parseFql(fql)
  return (call) => {
    try {
      return validate(parsed, call)
    } catch {
      // What the parser made of the text has holes, and the validator falls into them.
      return false
    }
  }
}

/**
 * The sample calls that FQL matches. Since it may ask for any event name or property, the samples are first adapted to
 * what it asks for.
 *
 * @returns none if no call can match, or the text is no FQL.
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

/** What the call becomes so that the conditions hold: one call, or one for each alternative. */
function adaptCall(call: Call, { terms, operators }: Level): Call[] {
  if (operators[0] === 'or') return terms.flatMap((term) => adaptToTerm(call, term))
  return terms.reduce((calls, term) => calls.flatMap((each) => adaptToTerm(each, term)), [call])
}

function adaptToTerm(call: Call, term: Term): Call[] {
  if (term.kind === 'group') return adaptCall(call, term.level)
  // A page call is not made a track call: what is in it would no longer fit.
  if (term.subject[0] === 'type') return [call]
  // Not to contain something, it must be a text.
  const wanted = term.negated ? MATCHING_VALUES['!='] : MATCHING_VALUES[term.operator]
  return [changed(call, term.subject, (present) => wanted(term.value, present)) as Call]
}

/** For each operator, a value for which it holds. */
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

/** A copy with the value at the path changed. */
function changed(object: unknown, [key, ...rest]: string[], change: (value: unknown) => unknown): unknown {
  if (key === undefined) return change(object)
  const members = typeof object === 'object' && object !== null ? (object as Record<string, unknown>) : {}
  return { ...members, [key]: changed(members[key], rest, change) }
}
