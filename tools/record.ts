/**
 * Records the HTTP that the destination's tests replay: runs each scenario against a sandbox, which validates every
 * request against the contract.
 */
import { mkdirSync, readdirSync, rmSync } from 'node:fs'
import { resolve } from 'node:path'
import { SERVER } from '@tractionboard/contract'
import destination from '@tractionboard/destination'
import { withBaseUrl } from '@tractionboard/local-segment'
import { startSandbox, type Faults, type Sandbox } from '@tractionboard/sandbox'
import { recordingOf, SCENARIOS, TOKEN, type Scenario } from '@tractionboard/testing/destination'
import nock from 'nock'

const RECORDINGS = resolve(__dirname, '../packages/destination/src/__tests__/recordings')

/** The response headers that the destination reads. */
const KEPT_HEADERS = ['content-type', 'retry-after']

async function main(): Promise<void> {
  mkdirSync(RECORDINGS, { recursive: true })
  for (const file of readdirSync(RECORDINGS)) rmSync(resolve(RECORDINGS, file))
  nock.back.fixtures = RECORDINGS
  nock.back.setMode('update')
  const sandbox = await startSandbox({ token: TOKEN })
  try {
    for (const scenario of SCENARIOS) await record(scenario, sandbox)
  } finally {
    await sandbox.close()
  }
  nock.restore()
  console.log(`${SCENARIOS.length} recordings written.`)
}

async function record(scenario: Scenario, sandbox: Sandbox): Promise<void> {
  sandbox.reset()
  sandbox.setFaults({ script: (scenario.faults ?? []) as Faults['script'] })
  const { nockDone } = await nock.back(recordingOf(scenario), {
    afterRecord: (definitions) =>
      `${JSON.stringify(
        definitions.map((definition) => asProduction(definition, sandbox.origin)),
        null,
        2
      )}\n`
  })
  // After `back`, which disables it.
  nock.enableNetConnect('127.0.0.1')
  await scenario.run(withBaseUrl(destination, sandbox.origin))
  nockDone()
}

/** The recording as if the response came from the contract's server, without what differs from run to run. */
function asProduction(definition: nock.Definition, origin: string): nock.Definition {
  if (String(definition.scope) !== origin) throw new Error(`A request went to ${String(definition.scope)}.`)
  return { ...definition, scope: `${SERVER}:443`, rawHeaders: keptHeaders(definition) }
}

/** nock 14 records headers as an object, nock 13 as a list of alternating names and values; either reads both. */
function keptHeaders({ rawHeaders }: { rawHeaders?: unknown }): Record<string, string> {
  const entries = Array.isArray(rawHeaders)
    ? rawHeaders.flatMap((name, index) => (index % 2 === 0 ? [[name, rawHeaders[index + 1]] as const] : []))
    : Object.entries(Object(rawHeaders) as object)
  const kept = entries.filter(([name]) => KEPT_HEADERS.includes(String(name).toLowerCase()))
  return Object.fromEntries(kept.map(([name, value]) => [String(name).toLowerCase(), String(value)]))
}

void main()
