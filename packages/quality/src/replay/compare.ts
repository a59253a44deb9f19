import { readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { countBy, uniq } from 'lodash'
import type { Counts } from '@tractionboard/local-segment'
import type { Sandbox } from '@tractionboard/sandbox'
import { differences } from '@tractionboard/testing/compare'
import type { Reference, Verdict } from '@tractionboard/testing/reference'

/** What is compared at the end of a replay. */
export interface Outcome {
  sandbox: Sandbox
  /** How many events the sandbox has stored. */
  stored: number
  /** The totals of all runs. */
  totals: Counts
  /** The files of dead letters. */
  deadLetters: string[]
}

/** What a call and its action are named by, such as `2026-01.json.gz:7 payment`. */
type Place = string

/**
 * Compares what a replay has led to with the reference.
 *
 * @returns what is otherwise, a sentence each; nothing if every event is there once, and all totals are right.
 */
export function mismatchesOf(
  { sandbox, stored, totals, deadLetters }: Outcome,
  expected: Reference,
  letters = (places: Place[]) => places
): string[] {
  const right: Partial<Counts> = {
    read: expected.calls,
    accepted: expected.totals.accepted,
    duplicates: expected.totals.duplicate,
    rejected: expected.totals.rejected,
    notSubscribed: expected.totals['not subscribed'],
    malformed: expected.malformedLines.length
  }
  return [
    ...(stored === expected.totals.accepted
      ? []
      : [`${stored} events are stored instead of ${expected.totals.accepted}.`]),
    ...Object.entries(right)
      .filter(([name, count]) => totals[name as keyof Counts] !== count)
      .map(([name, count]) => `${name}: ${totals[name as keyof Counts]} instead of ${count}.`),
    ...unequalLists(
      'A dead letter',
      letters(deadLetters.flatMap(placesIn)),
      expected.verdicts.filter(isRejected).map(placeOf)
    ),
    ...differences(sandbox, expected)
  ]
}

/**
 * Compares what workers have led to with the reference. An archive that was begun by a worker that was killed is sent
 * again, so its dead letters may be in two files; and a call that repeats one of another archive counts as accepted there,
 * because nobody knows any more that it was a duplicate.
 */
export function mismatchesOfWorkers({ totals, deadLetters, ...outcome }: Outcome, expected: Reference): string[] {
  const { accepted, duplicate } = expected.totals
  const isSumRight = totals.accepted + totals.duplicates === accepted + duplicate
  const delivered = { ...totals, ...(isSumRight && { accepted, duplicates: duplicate }) }
  return mismatchesOf({ ...outcome, totals: delivered, deadLetters }, expected, uniq)
}

const isRejected = ({ status }: Verdict) => status === 'rejected'

const placeOf = ({ file, line, action }: Pick<Verdict, 'file' | 'line' | 'action'>): Place =>
  `${basename(file)}:${line} ${action}`

const placesIn = (file: string): Place[] =>
  readFileSync(file, 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => placeOf(JSON.parse(line) as Verdict))

/** What one list has and the other has not, as often as it has it. */
function unequalLists(what: string, found: Place[], right: Place[]): string[] {
  const [one, other] = [countBy(found), countBy(right)]
  return uniq([...found, ...right])
    .filter((place) => one[place] !== other[place])
    .map((place) => `${what} of ${place} is there ${one[place] ?? 0} times instead of ${other[place] ?? 0}.`)
}
