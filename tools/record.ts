/**
 * Records anew what the destination's tests replay: runs each scenario against a sandbox, which holds every request to
 * the contract, and writes down what went over HTTP.
 */
import { mkdirSync, readdirSync, rmSync } from 'node:fs'
import { resolve } from 'node:path'
import nock from 'nock'
import { SERVER } from '@tractionboard/contract'
import { withBaseUrl } from '@tractionboard/local-segment'
import destination from '@tractionboard/destination'
import { recordingOf, SCENARIOS, type Scenario } from '@tractionboard/testing/destination'
import { TOKEN } from '@tractionboard/testing/destination'
import { startSandbox, type Faults, type Sandbox } from '@tractionboard/sandbox'

const RECORDINGS = resolve(__dirname, '../packages/destination/src/__tests__/recordings')

/** What of an answer's headers the destination reads. */
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
  // Only after `back`, which disables it again.
  nock.enableNetConnect('127.0.0.1')
  await scenario.run(withBaseUrl(destination, sandbox.origin))
  nockDone()
}

/** The recording as if the contract's server had answered, without what differs from run to run. */
function asProduction(definition: nock.Definition, origin: string): nock.Definition {
  if (String(definition.scope) !== origin) throw new Error(`A request went to ${String(definition.scope)}.`)
  return { ...definition, scope: `${SERVER}:443`, rawHeaders: keptHeaders(definition) }
}

/** Recorded by nock 14 as an object and by nock 13 as a list of names and values in turn; either reads both. */
function keptHeaders({ rawHeaders }: { rawHeaders?: unknown }): Record<string, string> {
  const entries = Array.isArray(rawHeaders)
    ? rawHeaders.flatMap((name, index) => (index % 2 === 0 ? [[name, rawHeaders[index + 1]] as const] : []))
    : Object.entries(Object(rawHeaders) as object)
  const kept = entries.filter(([name]) => KEPT_HEADERS.includes(String(name).toLowerCase()))
  return Object.fromEntries(kept.map(([name, value]) => [String(name).toLowerCase(), String(value)]))
}

void main()
