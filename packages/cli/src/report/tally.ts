import type { Rejection, Tally } from '../replay/tally'
import { basename } from 'node:path'
import type { Place } from '../replay/archive'
import { number, section, table } from './text'

/** How many calls are named for each reason. */
const NAMED = 3

/**
 * Tells a person what became of what was read.
 *
 * @returns the text, several lines.
 */
export function describeTally(tally: Tally): string {
  return [
    ...section('Calls', calls(tally)),
    ...(Object.keys(tally.actions).length > 0 ? section('Accepted, by action', actions(tally)) : []),
    ...(tally.rejections.length > 0 ? section('Rejected', tally.rejections.flatMap(describeRejection)) : []),
    ...(tally.broken.length > 0 ? section('Lines that are no calls', broken(tally)) : [])
  ].join('\n')
}

function calls({ accepted, duplicates, rejected, notSubscribed, read }: Tally): string[] {
  const rows: [string, number][] = [
    ['accepted', accepted],
    ['duplicates', duplicates],
    ['rejected', rejected],
    ['not subscribed', notSubscribed],
    ['read', read]
  ]
  return table(
    rows.map(([label, value]) => [label, number(value)]),
    ['left', 'right']
  )
}

const actions = (tally: Tally) =>
  table(
    Object.entries(tally.actions)
      .sort(([nameA, a], [nameB, b]) => b - a || nameA.localeCompare(nameB))
      .map(([action, value]) => [action, number(value)]),
    ['left', 'right']
  )

function describeRejection({ action, reason, gaveUp, calls }: Rejection): string[] {
  const advice = gaveUp ? ' Run the same command again: nothing is counted twice.' : ''
  const named = calls.slice(0, NAMED).map((call) => `  ${place(call)}, message ${call.messageId || 'without an id'}`)
  const rest = calls.length > NAMED ? [`  and ${number(calls.length - NAMED)} more`] : []
  return [`${number(calls.length)} × ${action}: ${reason}${advice}`, ...named, ...rest]
}

function broken(tally: Tally): string[] {
  const named = tally.broken.slice(0, 10 * NAMED).map((line) => `${place(line)} ${line.problem}`)
  const rest = tally.broken.length - named.length
  return rest > 0 ? [...named, `and ${number(rest)} more`] : named
}

const place = ({ file, line }: Place) => `${file === '-' ? 'standard input' : basename(file)}, line ${line}`
