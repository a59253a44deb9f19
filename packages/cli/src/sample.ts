import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Spend } from '@tractionboard/sandbox'
import { packageFile } from './package-files'

const SAMPLE = packageFile('sample')

/** The acquisition spend of the sample's company, unless another spend is given. */
export const SAMPLE_SPEND: Spend = { USD: 12000 }

/** The files of the bundled sample archive, in order. */
export const sampleFiles = (): string[] =>
  readdirSync(SAMPLE)
    .filter((file) => file.endsWith('.json.gz'))
    .sort()
    .map((file) => join(SAMPLE, file))
