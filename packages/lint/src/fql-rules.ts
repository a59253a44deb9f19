import { callsFor } from './calls'
import { subscriptionsOf } from './definition'
import type { Rule } from './finding'
import { normalizeParsed, normalizeLevel } from './fql-normalize'
import { type Level, readFql } from './fql-reader'
import { FqlError } from './fql-tokens'
import { PITFALLS } from './fql-pitfalls'
import type { SampleCall } from './sample-calls'

/** What FQL is, as Segment documents it. */
const FQL_DOCS = 'https://segment.com/docs/api/public-api/fql/'

const SYNTAX = { id: 'fql-syntax', description: 'FQL has the documented syntax, and Segment can parse it.' }
const MEANING = { id: 'fql-meaning', description: "Segment's parser understands FQL as it is written." }
const UNMATCHED = { id: 'fql-unmatched', description: 'At least one call matches.' }

/** The rules for every FQL text of a definition. */
export const FQL_RULES: Rule[] = [SYNTAX, ...PITFALLS, MEANING, UNMATCHED].map(({ id, description }) => ({
  id,
  description,
  severity: 'error',
  docs: FQL_DOCS,
  check: (definition, samples) =>
    subscriptionsOf(definition).flatMap(({ fql, where }) =>
      fqlProblems(fql, samples)
        .filter((problem) => problem.rule === id)
        .map(({ message }) => ({ where, message: `FQL ${message}` }))
    )
}))

interface Problem {
  rule: string
  message: string
}

/**
 * Everything that is wrong in an FQL text. A later rule is checked only if the earlier ones found nothing, because it
 * would report a consequence of the same problem.
 */
function fqlProblems(fql: string, samples: readonly SampleCall[]): Problem[] {
  const problems = readingProblems(fql)
  if (problems.length > 0 || callsFor(fql, samples).length > 0) return problems
  return [{ rule: UNMATCHED.id, message: `matches no call. Fix \`${fql}\`.` }]
}

/**
 * Tells whether Segment's parser understands FQL as it is written.
 *
 * @returns what is wrong first, in words that follow the name of the text; undefined if nothing is.
 * @example fqlProblem('anonymousId = "a1"')
 */
export const fqlProblem = (fql: string): string | undefined => readingProblems(fql)[0]?.message

/** What is wrong in an FQL text, whatever calls there are. */
function readingProblems(fql: string): Problem[] {
  const level = read(fql)
  if (level instanceof FqlError) return [{ rule: SYNTAX.id, message: `cannot be read: ${level.message}.` }]

  const pitfalls = PITFALLS.flatMap(({ id, find }) => find(level).map((message) => ({ rule: id, message })))
  if (pitfalls.length > 0) return pitfalls

  const [stated, parsed] = [normalizeLevel(level), normalizeParsed(fql)]
  if (parsed === undefined) {
    return [{ rule: SYNTAX.id, message: `cannot be read by Segment's parser. Write it as \`${stated}\`.` }]
  }
  if (parsed !== stated) {
    return [
      {
        rule: MEANING.id,
        message: `says \`${stated}\`, but Segment's parser understands \`${parsed}\`. Rewrite it, with spaces around operators.`
      }
    ]
  }
  return []
}

function read(fql: string): Level | FqlError {
  try {
    return readFql(fql)
  } catch (error) {
    if (error instanceof FqlError) return error
    throw error
  }
}
