import { Destination, type DestinationDefinition, type SegmentEvent } from '@segment/actions-core'
import { withBaseUrl } from '@tractionboard/local-segment'
import destination from '@tractionboard/destination'
import type { Settings } from '../../../destination/src/generated-types'
import { subscriptionOf } from '@tractionboard/testing/destination'
import { startSandbox } from '@tractionboard/sandbox'
import { canariesIn, missingCanaryCalls, CANARY_CALLS, TOKEN, visible, type CanaryCall } from './canaries'
import { capturedOutput } from './captured-output'
import { UNREACHABLE_SERVER, SCENARIOS, type Scenario } from './scenarios'
import { wrapRequests } from '@tractionboard/local-segment'

/** The number of checks, and each finding in words: none if all is well. */
export interface Checked {
  checks: number
  findings: string[]
}

type Definition = DestinationDefinition<Settings>
type Node = { status: number; errormessage?: string }

/** The destination's timeout where the sandbox is outputs not to respond. */
const CLIENT_TIMEOUT_MS = 40

/**
 * Delivers canary calls in every scenario, alone and in a batch, and searches all that is returned, thrown or printed.
 *
 * @param tractionboard the destination, or one that leaks, for tests of this check.
 */
export async function checkDeliveries(
  tractionboard: Definition = destination,
  scenarios: Scenario[] = SCENARIOS
): Promise<Checked> {
  const checked: Checked = { checks: 1, findings: missingCanaryCalls() }
  const sandbox = await startSandbox({ token: TOKEN, quiet: false })
  try {
    for (const scenario of scenarios) {
      sandbox.reset()
      sandbox.setFaults(scenario.faults ?? {})
      await check(checked, scenario, withShortTimeout(withBaseUrl(tractionboard, sandbox.origin), scenario))
      search(checked, `${scenario.name}: the journal of the sandbox`, JSON.stringify(sandbox.journal()))
    }
  } finally {
    await sandbox.close()
  }
  await check(checked, UNREACHABLE_SERVER, withBaseUrl(tractionboard, sandbox.origin))
  return checked
}

/** The destination, with a short timeout where the sandbox is outputs not to respond. */
const withShortTimeout = (definition: Definition, { faults }: Scenario): Definition =>
  faults?.timeout
    ? wrapRequests(definition, (request) => (url, options) => request(url, { ...options, timeout: CLIENT_TIMEOUT_MS }))
    : definition

async function check(checked: Checked, scenario: Scenario, definition: Definition): Promise<void> {
  const { name, calls, token, succeeds = false } = scenario
  const outputs: Output[] = []
  const printed = await capturedOutput(async () => {
    for (const { preset, call } of calls) outputs.push(...(await outputsOfSingle(definition, preset, call, token)))
    for (const [preset, batch] of byPreset(calls))
      outputs.push(...(await outputsOfBatch(definition, preset, batch, token)))
    const failures = outputs.filter(({ isError }) => isError).length
    if (succeeds !== (failures === 0))
      checked.findings.push(`${name}: ${failures} errors, so the scenario is not the expected one.`)
    outputs.push(...(await outputsOfAccount(definition, token)))
  })
  search(checked, `${name}: the console`, printed)
  for (const { where, text, mayHold } of outputs) search(checked, `${name}: ${where}`, text, mayHold)
}

/** The calls of each preset, the first of them also under another id, so that every batch has several. */
function byPreset(all: CanaryCall[]): Map<string, SegmentEvent[]> {
  const groups = new Map<string, SegmentEvent[]>()
  for (const { preset, call } of all) {
    const again = { ...call, messageId: `${String(call.messageId)}-2` } as SegmentEvent
    groups.set(preset, [...(groups.get(preset) ?? [again]), call])
  }
  return groups
}

/** An output to search. `mayHold` allows all canaries but the token: verdicts of delivered events include the event. */
interface Output {
  where: string
  text: string
  mayHold?: 'what was sent'
  isError?: boolean
}

function search(checked: Checked, where: string, text: string, mayHold?: 'what was sent'): void {
  checked.checks += 1
  const found = canariesIn(text).filter((each) => !mayHold || each.includes(TOKEN))
  if (found.length > 0) checked.findings.push(`${where}: ${found.slice(0, 5).join(' ')}`)
}

/** The logger and statistics client of the platform, with all that is logged. */
function platform() {
  const logged: unknown[] = []
  const log = (...values: unknown[]) => void logged.push(values)
  const client = { incr: log, observe: log, histogram: log, set: log, _name: log, _tags: log }
  const logger = {
    level: 'debug',
    name: 'test',
    debug: log,
    info: log,
    warn: log,
    error: log,
    crit: log,
    log,
    withTags: log
  }
  return { logged, options: { logger, statsContext: { statsClient: client, tags: [] } } as object }
}

const settingsOf = (preset: string, tokenId = TOKEN) => ({
  tokenId,
  subscription: subscriptionOf(destination, preset)
})

async function outputsOfSingle(
  definition: Definition,
  preset: string,
  call: SegmentEvent,
  token?: string
): Promise<Output[]> {
  const { logged, options } = platform()
  const where = `${preset}, alone`
  const error = await errorOf(
    new Destination(definition).onEvent(structuredClone(call), settingsOf(preset, token), options)
  )
  return [
    { where: `${where}, the error`, text: visible(error), isError: error !== undefined },
    { where: `${where}, what is logged`, text: visible(logged) }
  ]
}

async function outputsOfBatch(
  definition: Definition,
  preset: string,
  calls: SegmentEvent[],
  token?: string
): Promise<Output[]> {
  const { logged, options } = platform()
  const where = `${preset}, in a batch`
  let nodes: Node[] = []
  const error = await errorOf(
    new Destination(definition).onBatch(structuredClone(calls), settingsOf(preset, token), options).then(([result]) => {
      nodes = result.multistatus ?? []
    })
  )
  return [
    { where: `${where}, the error`, text: visible(error), isError: error !== undefined },
    { where: `${where}, what is logged`, text: visible(logged) },
    ...nodes.map((node): Output =>
      node.errormessage === undefined
        ? { where: `${where}, a delivered event`, text: visible(node), mayHold: 'what was sent' }
        : { where: `${where}, an event that failed`, text: visible(node), isError: true }
    )
  ]
}

/** The outputs of the token test, and of a deletion of a user and a visitor. */
async function outputsOfAccount(definition: Definition, tokenId = TOKEN): Promise<Output[]> {
  const tractionboard = new Destination(definition)
  const { userId, anonymousId } = CANARY_CALLS.login.call
  const deletion = { type: 'delete', userId, anonymousId } as SegmentEvent
  return [
    { where: 'the test of the token', text: visible(await errorOf(tractionboard.testAuthentication({ tokenId }))) },
    {
      where: 'the deletion',
      text: visible(await errorOf(Promise.resolve(tractionboard.onDelete?.(deletion, { tokenId }))))
    }
  ]
}

/** The error that a promise rejects with, or undefined. */
const errorOf = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => undefined,
    (error: unknown) => error
  )
