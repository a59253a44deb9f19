import { sortKeys, type Call } from '@tractionboard/testing/call-builder'
import { END } from './company'
import { engageCalls } from './engage'
import { journeyCalls } from './journey-calls'
import { badCalls, conflictingCall, withTruncatedLine, outOfOrder, unusualCalls, duplicateCalls } from './anomalies'
import { journeyOf, type Journey } from './journeys'
import { rngFor } from './streams'
import { toMillis } from '@tractionboard/testing/time'

const VISITORS = 1000

const TRUNCATED_FILES = ['2026-02.json.gz', '2026-05.json.gz']

/** A file of the sample archive, before it is compressed. */
export interface ArchiveFile {
  name: string
  text: string
}

/** Makes the sample archive: the same on every run. */
export function sampleArchive(): ArchiveFile[] {
  const months = new Map<string, string[]>()
  for (const call of sampleCalls()) {
    const name = `${call.receivedAt.slice(0, 7)}.json.gz`
    months.set(name, [...(months.get(name) ?? []), JSON.stringify(sortKeys(call))])
  }
  return [...months]
    .map(([name, lines]) => ({
      name,
      text: `${(TRUNCATED_FILES.includes(name) ? withTruncatedLine(lines) : lines).join('\n')}\n`
    }))
    .sort((one, other) => (one.name < other.name ? -1 : 1))
}

function sampleCalls(): Call[] {
  const rng = rngFor('archive')
  const journeys = Array.from({ length: VISITORS }, (_, number) => journeyOf(number))
  const users = longTimeCustomers(journeys)
  const good = journeys
    .flatMap((each) => [...journeyCalls(each), ...engageCalls(each)])
    .filter((call) => toMillis(call.receivedAt) < END)
  const calls = [...good, ...unusualCalls(users, rng)]
  return outOfOrder(
    [...calls, ...duplicateCalls(calls, rng), conflictingCall(calls, users[7]), ...badCalls(users, rng)],
    rng
  )
}

/** Account ids of users who signed up before February 20, have paid at least three times and have not canceled. */
const longTimeCustomers = (journeys: Journey[]): string[] =>
  journeys
    .filter(
      ({ signup, payments, cancel }) => signup && signup < toMillis('2026-02-20') && payments.length > 2 && !cancel
    )
    .map(({ ids }) => ids[ids.length - 1].id)
