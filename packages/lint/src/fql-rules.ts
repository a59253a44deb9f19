import { callsFor } from './calls'
import { subscriptionsOf } from './definition'
import type { Rule } from './finding'
import { parsedMeaning, statedMeaning } from './fql-normalize'
import { type Level, readFql } from './fql-reader'
import { FqlError } from './fql-tokens'
import { TRAPS } from './fql-pitfalls'
import type { SampleCall } from './sample-calls'

const SYNTAX = { id: 'fql-syntax', description: 'FQL can be read, by us and by the parser of Segment.' }
const MEANING = { id: 'fql-meaning', description: "Segment's parser makes of FQL what it says." }
const UNMATCHED = { id: 'fql-unmatched', description: 'There is a call that FQL matches.' }

/** The rules for FQL, wherever a definition has it. */
export const FQL_RULES: Rule[] = [SYNTAX, ...TRAPS, MEANING, UNMATCHED].map(({ id, description }) => ({
  id,
  description,
  severity: 'error',
  check: (definition, samples) =>
    subscriptionsOf(definition).flatMap(({ fql, where }) =>
      faultsOf(fql, samples)
        .filter((fault) => fault.rule === id)
        .map(({ message }) => ({ where, message: `FQL ${message}` }))
    )
}))

interface Fault {
  rule: string
  message: string
}

/**
 * All that is wrong in an FQL text. The later rules speak only when the earlier ones are silent, for they would tell
 * the consequences of the same fault.
 */
function faultsOf(fql: string, samples: readonly SampleCall[]): Fault[] {
  const level = read(fql)
  if (level instanceof FqlError) return [{ rule: SYNTAX.id, message: `cannot be read: ${level.message}.` }]

  const traps = TRAPS.flatMap(({ id, find }) => find(level).map((message) => ({ rule: id, message })))
  if (traps.length > 0) return traps

  const [stated, parsed] = [statedMeaning(level), parsedMeaning(fql)]
  if (parsed === undefined) {
    return [{ rule: SYNTAX.id, message: `cannot be read by Segment's parser. Write it as \`${stated}\`.` }]
  }
  if (parsed !== stated) {
    return [
      {
        rule: MEANING.id,
        message: `says \`${stated}\`, and is taken for \`${parsed}\`. Write it otherwise, with spaces around all words.`
      }
    ]
  }
  if (callsFor(fql, samples).length === 0) {
    return [{ rule: UNMATCHED.id, message: `matches no call. Correct \`${fql}\`.` }]
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
