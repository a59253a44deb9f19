import { startSandbox } from '@tractionboard/sandbox'
import { SILENT } from '@tractionboard/testing/silent-progress'
import { replaySample } from '../../packages/cli/src/commands/start'
import { SAMPLE_SPEND } from '../../packages/cli/src/sample'
import { LIMITS, loadContract } from '@tractionboard/contract'
import { contractPage } from './pages/contract'
import { mappingsPage } from './pages/mappings'
import { errorsPage } from './pages/errors'
import { segmentPage } from './pages/segment-docs'
import { generatedTypes } from '../../packages/cli/src/generate/types'
import { metadata } from '../../packages/cli/src/generate/metadata'
import destination from '@tractionboard/destination'
import { ERROR_TYPES, OUTCOMES } from '../../packages/destination/src/outcomes'
import { contractWithCurrencies, currencyDigits } from './currencies'
import { terminalPicture } from './terminal-svg'
import { qualityPage } from './pages/quality'
import { wireTypes } from './wire-types'

/** A generated file: where it stands, from the root of the project, and what it must say. */
export interface Target {
  file: string
  content: string
}

const DESTINATION = 'packages/destination/src'

/** Every generated file of the project. */
export async function targets(): Promise<Target[]> {
  const wire = await wireTypes()
  const types = await generatedTypes(destination)
  return [
    { file: 'packages/contract/openapi.yaml', content: contractWithCurrencies() },
    { file: 'packages/contract/src/currency-digits.ts', content: currencyDigits() },
    { file: 'packages/contract/src/wire-types.ts', content: wire },
    { file: `${DESTINATION}/wire-types.ts`, content: wire },
    ...Object.entries(types).map(([path, content]) => ({ file: `${DESTINATION}/${path}`, content })),
    { file: `${DESTINATION}/metadata.json`, content: metadata(destination) },
    { file: 'docs/mappings.md', content: mappingsPage(destination) },
    { file: 'docs/contract.md', content: contractPage(loadContract()) },
    { file: 'docs/errors-and-retries.md', content: errorsPage(OUTCOMES, ERROR_TYPES) },
    { file: `docs/segment-docs/${destination.slug}/index.md`, content: segmentPage(destination, LIMITS) },
    { file: 'docs/quality.md', content: await qualityPage() },
    { file: 'docs/images/start.svg', content: terminalPicture('npm start -- --once', await sampleOutput()) }
  ]
}

/** What the main job prints of the sample, from a real run of it. */
async function sampleOutput(): Promise<string> {
  const sandbox = await startSandbox({ spend: SAMPLE_SPEND })
  try {
    return await replaySample(sandbox, SILENT)
  } finally {
    await sandbox.close()
  }
}
