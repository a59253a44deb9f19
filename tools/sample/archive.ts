import { inOrder, type Call } from '@tractionboard/testing/call-builder'
import { END } from './company'
import { engage } from './engage'
import { life } from './journey-calls'
import { badCalls, conflict, cutOff, disorder, oddCalls, repeats } from './anomalies'
import { plot, type Plot } from './journeys'
import { rngFor } from './streams'
import { moment } from '@tractionboard/testing/time'

/** How many people come by in the half year. */
const VISITORS = 1000

/** The files in which a line was cut off. */
const CUT_OFF = ['2026-02.json.gz', '2026-05.json.gz']

/** A file of the sample archive: its name, and the text that it holds before it is compressed. */
export interface ArchiveFile {
  name: string
  text: string
}

/** The sample archive, as text: the same on every run. */
export function sampleArchive(): ArchiveFile[] {
  const months = new Map<string, string[]>()
  for (const call of sampleCalls()) {
    const name = `${call.receivedAt.slice(0, 7)}.json.gz`
    months.set(name, [...(months.get(name) ?? []), JSON.stringify(inOrder(call))])
  }
  return [...months]
    .map(([name, lines]) => ({ name, text: `${(CUT_OFF.includes(name) ? cutOff(lines) : lines).join('\n')}\n` }))
    .sort((one, other) => (one.name < other.name ? -1 : 1))
}

function sampleCalls(): Call[] {
  const rng = rngFor('archive')
  const plots = Array.from({ length: VISITORS }, (_, number) => plot(number))
  const users = customersOfOld(plots)
  const good = plots.flatMap((each) => [...life(each), ...engage(each)]).filter((call) => moment(call.receivedAt) < END)
  const calls = [...good, ...oddCalls(users, rng)]
  return disorder([...calls, ...repeats(calls, rng), conflict(calls, users[7]), ...badCalls(users, rng)], rng)
}

/** Account ids of users who have been paying since before the spring. */
const customersOfOld = (plots: Plot[]): string[] =>
  plots
    .filter(({ signup, payments, cancel }) => signup && signup < moment('2026-02-20') && payments.length > 2 && !cancel)
    .map(({ ids }) => ids[ids.length - 1].id)
