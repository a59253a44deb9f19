import type { DestinationDefinition, RequestClient } from '@segment/actions-core'
import type { Mapping } from '@tractionboard/local-segment'
import { isRetried } from '@tractionboard/local-segment'
import { withBaseUrl } from '@tractionboard/local-segment'
import { differences } from '@tractionboard/testing/compare'
import type { Reference, Spend } from '@tractionboard/testing/reference'
import type { Settings } from '../../../destination/src/generated-types'
import { OUTCOMES, type OutcomeId } from '../../../destination/src/outcomes'
import { startSandbox, type Sandbox } from '@tractionboard/sandbox'
import type { Fields } from '@tractionboard/testing/call-builder'
import { dice } from '@tractionboard/testing/random'
import { expectedOf } from './expected'
import { IMPATIENCE_MS, trouble } from './faults'
import { deliverAll, handOverTo, sendingsOf, shuffled } from './segment'
import type { HandOver, Sending, Told } from './segment'
import { world } from './world'
import { withRequest } from '../shared/stub'

type Definition = DestinationDefinition<Settings>

/** What was counted in the run of one seed. */
export interface Count {
  calls: number
  notSubscribed: number
  deliveries: number
  alone: number
  requests: number
  delivered: number
  discarded: number
  attempts: number
  mostAttempts: number
  retries: Record<string, number>
  faults: Record<string, number>
}

/** What one seed came to: the counts, and what is wrong, each in a sentence. */
export interface Run {
  seed: number
  count: Count
  mismatches: string[]
}

const emptyCount = (): Count => ({
  calls: 0,
  notSubscribed: 0,
  deliveries: 0,
  alone: 0,
  requests: 0,
  delivered: 0,
  discarded: 0,
  attempts: 0,
  mostAttempts: 0,
  retries: {},
  faults: {}
})

/** The sandbox's journal goes back so far; what is not read before is lost. */
const JOURNAL_SIZE = 200

/**
 * Runs one seed: a small world, delivered by a model of Segment to a sandbox where much goes wrong, and held against the
 * reference.
 */
export async function runSeed(seed: number, calls: number, definition: Definition): Promise<Run> {
  const { spend, ...made } = world(seed, calls)
  const sandbox = await startSandbox({
    spend: Object.fromEntries(Object.entries(spend).map(([currency, cents]) => [currency, cents / 100]))
  })
  const count = emptyCount()
  try {
    const sendings = await settle(made.calls, seed, sandbox, definition, count)
    const expected = expectedOf(archiveOf(made.calls, sendings), entriesOf(spend))
    const first = await wrongWith(sendings, expected, sandbox)
    const mismatches = first.length > 0 ? first : await wrongWithReplay(sendings, sandbox, definition, expected)
    return { seed, count, mismatches }
  } catch (error) {
    return { seed, count, mismatches: [(error as Error).stack ?? String(error)] }
  } finally {
    await sandbox.close()
  }
}

const entriesOf = (spend: Record<string, number>): Spend[] =>
  Object.entries(spend).map(([currency, cents]) => ({ currency, amount: cents / 100 }))

/**
 * Delivers every call until each has its verdict, some of them twice, as Segment itself may do.
 *
 * @returns the sendings, those first that were delivered.
 */
async function settle(calls: Fields[], seed: number, sandbox: Sandbox, definition: Definition, count: Count) {
  const roll = dice(-seed - 1)
  const once = sendingsOf(calls, definition)
  const twice = once.filter(() => roll.chance(0.08)).map((sending) => ({ ...sending }))
  const sendings = [...once, ...twice]
  const troubled = inTrouble(sandbox, definition, count, roll)
  await deliverAll(shuffled(sendings, roll), roll, troubled.handOver, (told) => add(count.retries, outcomeOf(told)))
  troubled.readJournal()
  Object.assign(count, {
    calls: calls.length,
    notSubscribed: calls.length - once.length,
    delivered: sendings.filter(({ told }) => told?.status === 200).length,
    discarded: sendings.filter(({ told }) => told?.status === 400).length,
    attempts: sendings.reduce((sum, { attempts }) => sum + attempts, 0),
    mostAttempts: Math.max(...sendings.map(({ attempts }) => attempts))
  })
  return [...sendings].sort((one, other) => (one.told?.status ?? 0) - (other.told?.status ?? 0))
}

/** Hands over with faults that are drawn anew for each delivery, and counts requests and faults. */
function inTrouble(sandbox: Sandbox, definition: Definition, count: Count, roll: ReturnType<typeof dice>) {
  let isTimeout = false
  let unread = 0
  const counting = (request: RequestClient): RequestClient => {
    return (url, options) => {
      count.requests += 1
      unread += 1
      return request(url, { ...options, ...(isTimeout && { timeout: IMPATIENCE_MS }) })
    }
  }
  const handOver = handOverTo(withRequest(withBaseUrl(definition, sandbox.origin), counting), sandbox.token)
  const readJournal = () => {
    for (const { faults } of sandbox.journal().slice(0, unread)) for (const fault of faults) add(count.faults, fault)
    unread = 0
  }
  const troubled: HandOver = async (mapping: Mapping, calls: Fields[], alone: boolean) => {
    const drawn = trouble(roll, sendable(calls) > 1)
    isTimeout = drawn.isTimeout
    sandbox.setFaults(drawn.faults)
    const told = await handOver(mapping, calls, alone)
    count.deliveries += 1
    if (alone) count.alone += 1
    for (const each of told.filter(({ status }) => isRetried(status)))
      if (outcomeOf(each) === 'unavailable') add(count.faults, 'unavailable')
    if (unread > JOURNAL_SIZE / 2) readJournal()
    return told
  }
  return { handOver: troubled, readJournal }
}

const sendable = (calls: Fields[]) => expectedOf(calls).verdicts.filter(({ status }) => status !== 'rejected').length

const add = (counts: Record<string, number>, name: string) => (counts[name] = (counts[name] ?? 0) + 1)

/** The row of the destination's table that a retryable verdict comes from, by its words. */
const outcomeOf = ({ message }: Told): OutcomeId =>
  (Object.keys(OUTCOMES) as OutcomeId[]).find((id) => message.startsWith(OUTCOMES[id].description)) ?? 'unavailable'

/** The calls of an archive that came in this order: of two calls that contradict each other, the first one counts. */
const archiveOf = (calls: Fields[], sendings: Sending[]): Fields[] => [
  ...sendings.map(({ call }) => call),
  ...calls.filter((call) => !sendings.some((sending) => sending.call === call))
]

/** What is wrong after everything was delivered. */
async function wrongWith(sendings: Sending[], expected: Reference, sandbox: Sandbox): Promise<string[]> {
  const kept = await eventsKept(sandbox)
  const right = expected.totals.accepted
  return [
    ...sendings.flatMap(({ call, told }, index) => wrongVerdict(call, told, expected.verdicts[index])),
    ...(kept === right ? [] : [`events kept: ${kept} instead of ${right}`]),
    ...differences(sandbox, expected)
  ]
}

function wrongVerdict(call: Fields, told: Told | undefined, right: Reference['verdicts'][number]): string[] {
  const isRight =
    right.status === 'rejected'
      ? told?.status === 400 && told.message.includes(right.field ?? '')
      : told?.status === 200 && ['accepted', 'duplicate'].includes(right.status)
  return isRight ? [] : [`${JSON.stringify(call)} ended as ${JSON.stringify(told)} instead of ${JSON.stringify(right)}`]
}

async function eventsKept(sandbox: Sandbox): Promise<number> {
  const response = await fetch(`${sandbox.origin}/sandbox/health`)
  return ((await response.json()) as { events: number }).events
}

/** What is wrong after everything was delivered once more, with no faults: nothing may change. */
async function wrongWithReplay(sendings: Sending[], sandbox: Sandbox, definition: Definition, expected: Reference) {
  sandbox.setFaults({})
  const again = sendings.map(({ call, mapping }): Sending => ({ call, mapping, attempts: 0 }))
  const handOver = handOverTo(withBaseUrl(definition, sandbox.origin), sandbox.token)
  await deliverAll(again, dice(0), handOver, ({ message }) => {
    throw new Error(`Without faults, a call is to be retried: ${message}`)
  })
  return (await wrongWith(again, expected, sandbox)).map((wrong) => `After a replay: ${wrong}`)
}
