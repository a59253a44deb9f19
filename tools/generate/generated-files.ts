import { resolve } from 'node:path'
import { loadContract } from '@tractionboard/contract'
import destination from '@tractionboard/destination'
import { structuralError } from '@tractionboard/lint'
import { startSandbox } from '@tractionboard/sandbox'
import { SILENT } from '@tractionboard/testing/silent-progress'
import { mapKeys } from 'lodash'
import { CliError } from '../../packages/cli/src/errors'
import { destinationFiles } from '../../packages/cli/src/generate/destination-files'
import { ALL_SCHEMAS, wireConstants, wireTypes } from '../../packages/cli/src/generate/wire-types'
import { replaySample } from '../../packages/cli/src/run/start'
import { SAMPLE_SPEND } from '../../packages/cli/src/sample'
import { ERROR_TYPES, OUTCOMES } from '../../packages/destination/src/outcomes'
import { contractWithCurrencies, currencyDigits } from './currencies'
import { contractPage } from './pages/contract'
import { errorsPage } from './pages/errors'
import { mappingsPage } from './pages/mappings'
import { qualityPage } from './pages/quality'
import { readme } from './pages/readme'
import { segmentDocsPage } from './pages/segment-docs'
import { terminalSvg } from './terminal-svg'

const README = resolve(__dirname, '../../README.md')

const CONTRACT = 'packages/contract/src'
const DESTINATION = 'packages/destination/src'

/**
 * Every generated file of the project: how to generate its content, by its path from the root.
 *
 * @throws CliError that names what the definition of the destination lacks.
 */
export function generatedFiles(): Record<string, () => string | Promise<string>> {
  const problem = structuralError(destination)
  if (problem) throw new CliError(`In ${DESTINATION}: ${problem}. Correct it there.`)
  return {
    'packages/contract/openapi.yaml': () => contractWithCurrencies(),
    [`${CONTRACT}/currency-digits.ts`]: () => currencyDigits(),
    [`${CONTRACT}/wire-types.ts`]: () => wireTypes(ALL_SCHEMAS),
    [`${CONTRACT}/wire-constants.ts`]: () => wireConstants(),
    ...mapKeys(destinationFiles(destination), (_, path) => `${DESTINATION}/${path}`),
    'README.md': () => readme(destination, README),
    'docs/mappings.md': () => mappingsPage(destination),
    'docs/contract.md': () => contractPage(loadContract()),
    'docs/errors-and-retries.md': () => errorsPage(OUTCOMES, ERROR_TYPES),
    [`docs/segment-docs/${destination.slug}/index.md`]: () => segmentDocsPage(destination),
    'docs/quality.md': () => qualityPage(),
    'docs/images/start.svg': async () => terminalSvg('npm start -- --once', await sampleOutput())
  }
}

/** What `npm start -- --once` prints, from a real run. */
async function sampleOutput(): Promise<string> {
  const sandbox = await startSandbox({ spend: SAMPLE_SPEND })
  try {
    return (await replaySample(sandbox, SILENT)).join('\n')
  } finally {
    await sandbox.close()
  }
}
