import type { DestinationDefinition, RequestClient } from '@segment/actions-core'
import type { Mapping } from '@tractionboard/local-segment'
import { isRetried, withBaseUrl, wrapRequests } from '@tractionboard/local-segment'
import { differences } from '@tractionboard/testing/compare'
import type { Reference } from '@tractionboard/testing/reference'
import type { Settings } from '../../../destination/src/generated-types'
import { OUTCOMES, type OutcomeId } from '../../../destination/src/outcomes'
import { startSandbox, type Sandbox } from '@tractionboard/sandbox'
import type { Fields } from '@tractionboard/testing/call-builder'
import { createRng, type Rng } from '@tractionboard/testing/random'
import { expectedOf } from './expected'
import { CLIENT_TIMEOUT_MS, drawFaults } from './faults'
import { deliverAll, deliverTo, pendingCallsOf, shuffled } from './segment'
import type { Deliver, PendingCall, Verdict } from './segment'
import { world } from './world'

type Definition = DestinationDefinition<Settings>

/** The counts of one seed. */
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

/** The result of one seed: the counts, and each mismatch in words. */
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

/** How many requests the sandbox's journal keeps. It must be read before it loses any. */
const JOURNAL_SIZE = 200

/**
 * Runs one seed: a model of Segment delivers a small world to a sandbox that injects faults. Then the sandbox is compared
 * with the reference.
 */
export async function runSeed(seed: number, calls: number, definition: Definition): Promise<Run> {
  const made = world(seed, calls)
  const sandbox = await startSandbox({ spend: made.spend })
  const count = emptyCount()
  try {
    const pendingCalls = await deliverUntilFinal(made.calls, seed, sandbox, definition, count)
    const expected = expectedOf(archiveOf(made.calls, pendingCalls), made.spend)
    const right = made.isHostile ? withoutFields(expected) : expected
    const first = await mismatchesAfterDelivery(pendingCalls, right, sandbox)
    const mismatches = first.length > 0 ? first : await mismatchesAfterReplay(pendingCalls, sandbox, definition, right)
    return { seed, count, mismatches }
  } catch (error) {
    return { seed, count, mismatches: [(error as Error).stack ?? String(error)] }
  } finally {
    await sandbox.close()
  }
}

/**
 * Delivers every call until it has a final verdict, and some calls twice, as Segment may do.
 *
 * @returns the calls with their verdicts, delivered ones first.
 */
async function deliverUntilFinal(
  calls: Fields[],
  seed: number,
  sandbox: Sandbox,
  definition: Definition,
  count: Count
) {
  const rng = createRng(-seed - 1)
  const once = pendingCallsOf(calls, definition)
  const twice = once.filter(() => rng.chance(0.08)).map((pending) => ({ ...pending }))
  const pendingCalls = [...once, ...twice]
  const faulty = withFaults(sandbox, definition, count, rng)
  await deliverAll(shuffled(pendingCalls, rng), rng, faulty.deliver, (verdict) =>
    add(count.retries, outcomeOf(verdict))
  )
  faulty.readJournal()
  Object.assign(count, {
    calls: calls.length,
    notSubscribed: calls.length - once.length,
    delivered: pendingCalls.filter(({ verdict }) => verdict?.status === 200).length,
    discarded: pendingCalls.filter(({ verdict }) => verdict?.status === 400).length,
    attempts: pendingCalls.reduce((sum, { attempts }) => sum + attempts, 0),
    mostAttempts: Math.max(...pendingCalls.map(({ attempts }) => attempts))
  })
  return [...pendingCalls].sort((one, other) => (one.verdict?.status ?? 0) - (other.verdict?.status ?? 0))
}

/** Draws faults for each delivery, and counts requests and faults. */
function withFaults(sandbox: Sandbox, definition: Definition, count: Count, rng: Rng) {
  let isTimeout = false
  let unread = 0
  const counting = (request: RequestClient): RequestClient => {
    return (url, options) => {
      count.requests += 1
      unread += 1
      return request(url, { ...options, ...(isTimeout && { timeout: CLIENT_TIMEOUT_MS }) })
    }
  }
  const deliver = deliverTo(wrapRequests(withBaseUrl(definition, sandbox.origin), counting), sandbox.token)
  const readJournal = () => {
    for (const { faults } of sandbox.journal().slice(0, unread)) for (const fault of faults) add(count.faults, fault)
    unread = 0
  }
  const faulty: Deliver = async (mapping: Mapping, calls: Fields[], isSingle: boolean) => {
    const profile = drawFaults(rng, sendable(calls) > 1)
    isTimeout = profile.isTimeout
    sandbox.setFaults(profile.faults)
    const verdicts = await deliver(mapping, calls, isSingle)
    count.deliveries += 1
    if (isSingle) count.alone += 1
    for (const each of verdicts.filter(({ status }) => isRetried(status)))
      if (outcomeOf(each) === 'unavailable') add(count.faults, 'unavailable')
    if (unread > JOURNAL_SIZE / 2) readJournal()
    return verdicts
  }
  return { deliver: faulty, readJournal }
}

const sendable = (calls: Fields[]) => expectedOf(calls).verdicts.filter(({ status }) => status !== 'rejected').length

const add = (counts: Record<string, number>, name: string) => (counts[name] = (counts[name] ?? 0) + 1)

/** The row of the destination's outcomes that a retryable verdict comes from, found by its message. */
const outcomeOf = ({ message }: Verdict): OutcomeId =>
  (Object.keys(OUTCOMES) as OutcomeId[]).find((id) => message.startsWith(OUTCOMES[id].description)) ?? 'unavailable'

/** The calls in the order of their delivery, because the first of two conflicting calls counts. */
const archiveOf = (calls: Fields[], pendingCalls: PendingCall[]): Fields[] => [
  ...pendingCalls.map(({ call }) => call),
  ...calls.filter((call) => !pendingCalls.some((pending) => pending.call === call))
]

/** The same without the fields of the violations. */
const withoutFields = (expected: Reference): Reference => ({
  ...expected,
  verdicts: expected.verdicts.map((verdict) => ({ ...verdict, field: undefined }))
})

/** The mismatches between the sandbox and the reference. */
async function mismatchesAfterDelivery(
  pendingCalls: PendingCall[],
  expected: Reference,
  sandbox: Sandbox
): Promise<string[]> {
  const kept = await eventsKept(sandbox)
  const right = expected.totals.accepted
  return [
    ...pendingCalls.flatMap(({ call, verdict }, index) => verdictMismatch(call, verdict, expected.verdicts[index])),
    ...(kept === right ? [] : [`events kept: ${kept} instead of ${right}`]),
    ...differences(sandbox, expected)
  ]
}

function verdictMismatch(call: Fields, verdict: Verdict | undefined, right: Reference['verdicts'][number]): string[] {
  const isRight =
    right.status === 'rejected'
      ? verdict?.status === 400 && verdict.message.includes(right.field ?? '')
      : verdict?.status === 200 && ['accepted', 'duplicate'].includes(right.status)
  return isRight ? [] : [`${JSON.stringify(call)} got ${JSON.stringify(verdict)} instead of ${JSON.stringify(right)}`]
}

async function eventsKept(sandbox: Sandbox): Promise<number> {
  const response = await fetch(`${sandbox.origin}/sandbox/health`)
  return ((await response.json()) as { events: number }).events
}

/** The mismatches after everything was delivered again without faults: nothing may change. */
async function mismatchesAfterReplay(
  pendingCalls: PendingCall[],
  sandbox: Sandbox,
  definition: Definition,
  expected: Reference
) {
  sandbox.setFaults({})
  const again = pendingCalls.map(({ call, mapping }): PendingCall => ({ call, mapping, attempts: 0 }))
  const deliver = deliverTo(withBaseUrl(definition, sandbox.origin), sandbox.token)
  await deliverAll(again, createRng(0), deliver, ({ message }) => {
    throw new Error(`A call must be retried although there are no faults: ${message}`)
  })
  return (await mismatchesAfterDelivery(again, expected, sandbox)).map((wrong) => `After a replay: ${wrong}`)
}
