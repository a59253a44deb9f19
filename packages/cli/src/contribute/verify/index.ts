import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { DestinationDefinition } from '@segment/actions-core'
import { satisfies } from 'semver'
import { CliError } from '../../errors'
import { apply } from '../apply'
import type { Checkout } from '../checkout'
import { plan } from '../plan'
import type { Files } from '../source'
import { type Context, findProgram, scriptOptions } from './context'
import { type Gate, type GateResult, GATES } from './gates'
import { type Run, startScript } from './script'

/** What `verify` may be told. */
export interface VerifyOptions {
  /** Called with each result as it comes. */
  onResult?: (result: GateResult) => void
  /** Ends the run when aborted. */
  signal?: AbortSignal
  gates?: Gate[]
}

/**
 * Runs upstream's own gates in a checkout that has the destination, one after the other. The checkout is left as it was;
 * the destination's folder is left as it is in the source.
 *
 * @returns a result for each gate. All are "not run" if the checkout has no modules, or does not take this version of
 *   Node.
 * @throws CliError if the run is interrupted.
 */
export async function verify(
  checkout: Checkout,
  definition: DestinationDefinition<never>,
  source: Files,
  { onResult, signal, gates = GATES }: VerifyOptions = {}
): Promise<GateResult[]> {
  const scratch = mkdtempSync(join(tmpdir(), 'tractionboard-verify-'))
  const context: Context = { checkout, definition, source, scratch, signal }
  const obstacle = obstacleIn(checkout)
  const results: GateResult[] = []
  try {
    for (const gate of gates) {
      const result = await runGate(context, gate, obstacle ?? obstacleOf(checkout, gate))
      if (signal?.aborted) throw new CliError('Interrupted.')
      results.push(result)
      onResult?.(result)
    }
  } finally {
    if (!results.some(({ log }) => log)) rmSync(scratch, { recursive: true, force: true })
  }
  return results
}

/** The versions of Node that a checkout takes, as a range of semver; nothing if it does not say. */
export function nodeRange(checkout: Checkout): string | undefined {
  const { engines } = JSON.parse(checkout.read('package.json')?.toString() ?? '{}') as { engines?: { node?: string } }
  return engines?.node
}

/** Why no gate can run in a checkout, if that is so. */
function obstacleIn(checkout: Checkout): string | undefined {
  const range = nodeRange(checkout)
  if (range !== undefined && !satisfies(process.versions.node, range)) {
    return `upstream takes Node ${range}, and this is ${process.versions.node}. Run it again on one of those.`
  }
  if (existsSync(join(checkout.root, 'node_modules'))) return undefined
  return 'there is no folder node_modules. Run `yarn install` in the checkout.'
}

/** Why a gate cannot run, if that is so. */
function obstacleOf(checkout: Checkout, { command: { program }, needs }: Gate): string | undefined {
  if (findProgram(checkout, program) === undefined) {
    return `${program.file} is missing. Run \`yarn install\` in the checkout.`
  }
  if (needs === undefined || existsSync(join(checkout.root, needs.folder))) return undefined
  return `${needs.folder} is missing. Run \`${needs.command}\` in the checkout.`
}

async function runGate(context: Context, gate: Gate, obstacle: string | undefined): Promise<GateResult> {
  if (obstacle !== undefined) return { gate, status: 'not run', reason: obstacle, seconds: 0 }
  const start = Date.now()
  try {
    gate.prepare?.(context)
    const { reason, output } = await outcomeOf(context, gate)
    const seconds = Math.round((Date.now() - start) / 1000)
    if (reason === undefined) return { gate, status: 'passed', seconds }
    const log = join(context.scratch, `${gate.name}.log`)
    writeFileSync(log, output)
    return { gate, status: 'failed', reason, seconds, log }
  } finally {
    plan(context.checkout, context.source).forEach((change) => apply(context.checkout, change))
  }
}

/** Runs a gate. Gives what is wrong, or nothing, and what was printed. */
async function outcomeOf(context: Context, gate: Gate): Promise<{ reason?: string; output: string }> {
  const file = findProgram(context.checkout, gate.command.program) as string
  const options = scriptOptions(context, file, gate.command)
  if (gate.use === undefined) {
    const run = await startScript(options).done
    return { reason: failureOf(context, gate, run), output: run.output }
  }
  let stop = async () => {}
  let output = ''
  try {
    const reason = await gate.use(context, async (env) => {
      const script = startScript({ ...options, env: { ...options.env, ...env } })
      stop = () => script.stop()
      const run = await script.done
      output = run.output
      return run
    })
    await stop()
    return { reason, output }
  } finally {
    await stop()
  }
}

function failureOf(context: Context, gate: Gate, run: Run): string | undefined {
  if (run.isTimedOut) return `The time was up after ${gate.command.limit} s.`
  if (run.code !== 0) return firstError(run, gate.error)
  return gate.check?.(context, run)
}

const ANY_ERROR = /error\b|cannot\b|✖/i

/** The first line that tells of an error; else the last one. */
function firstError({ output, code }: Run, pattern = ANY_ERROR): string {
  const lines = output.split('\n').filter((line) => line.trim())
  const line = lines.find((line) => pattern.test(line)) ?? lines.find((line) => ANY_ERROR.test(line)) ?? lines.at(-1)
  return line?.trim() ?? `It ended with ${code === null ? 'a signal' : code}, and printed nothing.`
}
