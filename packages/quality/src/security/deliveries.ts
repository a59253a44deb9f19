import { Destination, type DestinationDefinition, type SegmentEvent } from '@segment/actions-core'
import { withBaseUrl } from '@tractionboard/local-segment'
import destination from '@tractionboard/destination'
import type { Settings } from '../../../destination/src/generated-types'
import { subscriptionOf } from '@tractionboard/testing/destination'
import { startSandbox } from '@tractionboard/sandbox'
import { canariesIn, missingCanaryCalls, PLANTED, TOKEN, visible, type Planted } from './canaries'
import { printedBy } from './capture'
import { NOBODY_THERE, SITUATIONS, type Situation } from './situations'
import { wrapRequests } from '@tractionboard/local-segment'

/** What a run of checks did, and what it found: nothing, if all is well. */
export interface Checked {
  checks: number
  findings: string[]
}

type Definition = DestinationDefinition<Settings>
type Node = { status: number; errormessage?: string }

/** How long the destination waits where no answer is staged. */
const IMPATIENCE_MS = 40

/**
 * Delivers planted calls in every situation, alone and in a batch, and looks at all that comes back or is printed.
 *
 * @param tractionboard the destination, or another one that is to be found wanting.
 */
export async function checkDeliveries(
  tractionboard: Definition = destination,
  situations: Situation[] = SITUATIONS
): Promise<Checked> {
  const checked: Checked = { checks: 1, findings: missingCanaryCalls() }
  const sandbox = await startSandbox({ token: TOKEN, quiet: false })
  try {
    for (const situation of situations) {
      sandbox.reset()
      sandbox.setFaults(situation.faults ?? {})
      await check(checked, situation, waiting(withBaseUrl(tractionboard, sandbox.origin), situation))
      look(checked, `${situation.name}: the journal of the sandbox`, JSON.stringify(sandbox.journal()))
    }
  } finally {
    await sandbox.close()
  }
  await check(checked, NOBODY_THERE, withBaseUrl(tractionboard, sandbox.origin))
  return checked
}

/** The destination with little patience, where no answer is staged. */
const waiting = (definition: Definition, { faults }: Situation): Definition =>
  faults?.timeout
    ? wrapRequests(definition, (request) => (url, options) => request(url, { ...options, timeout: IMPATIENCE_MS }))
    : definition

async function check(checked: Checked, situation: Situation, definition: Definition): Promise<void> {
  const { name, calls, token, isGood = false } = situation
  const told: Said[] = []
  const printed = await printedBy(async () => {
    for (const { preset, call } of calls) told.push(...(await toldAlone(definition, preset, call, token)))
    for (const [preset, batch] of byPreset(calls)) told.push(...(await toldInBatch(definition, preset, batch, token)))
    const failures = told.filter(({ isError }) => isError).length
    if (isGood !== (failures === 0)) checked.findings.push(`${name}: ${failures} errors, so nothing is proved.`)
    told.push(...(await toldOfAccount(definition, token)))
  })
  look(checked, `${name}: the console`, printed)
  for (const { where, text, mayHold } of told) look(checked, `${name}: ${where}`, text, mayHold)
}

/** The calls of each preset, and the first of them once more under another id, so that every batch has several. */
function byPreset(all: Planted[]): Map<string, SegmentEvent[]> {
  const groups = new Map<string, SegmentEvent[]>()
  for (const { preset, call } of all) {
    const again = { ...call, messageId: `${String(call.messageId)}-2` } as SegmentEvent
    groups.set(preset, [...(groups.get(preset) ?? [again]), call])
  }
  return groups
}

/** Something that somebody is told, and whether it may hold what was sent: a delivered event does, and no token. */
interface Said {
  where: string
  text: string
  mayHold?: 'what was sent'
  isError?: boolean
}

function look(checked: Checked, where: string, text: string, mayHold?: 'what was sent'): void {
  checked.checks += 1
  const found = canariesIn(text).filter((each) => !mayHold || each.includes(TOKEN))
  if (found.length > 0) checked.findings.push(`${where}: ${found.slice(0, 5).join(' ')}`)
}

/** What the platform hands to a destination to log with: whatever arrives there is printed somewhere. */
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

async function toldAlone(definition: Definition, preset: string, call: SegmentEvent, token?: string): Promise<Said[]> {
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

async function toldInBatch(
  definition: Definition,
  preset: string,
  calls: SegmentEvent[],
  token?: string
): Promise<Said[]> {
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
    ...nodes.map((node): Said =>
      node.errormessage === undefined
        ? { where: `${where}, a delivered event`, text: visible(node), mayHold: 'what was sent' }
        : { where: `${where}, an event that failed`, text: visible(node), isError: true }
    )
  ]
}

/** The test of the token, and the deletion of a user and a visitor. */
async function toldOfAccount(definition: Definition, tokenId = TOKEN): Promise<Said[]> {
  const tractionboard = new Destination(definition)
  const { userId, anonymousId } = PLANTED.login.call
  const deletion = { type: 'delete', userId, anonymousId } as SegmentEvent
  return [
    { where: 'the test of the token', text: visible(await errorOf(tractionboard.testAuthentication({ tokenId }))) },
    {
      where: 'the deletion',
      text: visible(await errorOf(Promise.resolve(tractionboard.onDelete?.(deletion, { tokenId }))))
    }
  ]
}

/** The error that something ends with, or nothing. */
const errorOf = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => undefined,
    (error: unknown) => error
  )
