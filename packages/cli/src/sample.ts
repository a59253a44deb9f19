import { readdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { Spend } from '@tractionboard/sandbox'

const SAMPLE = resolve(__dirname, '..', 'sample')

/** What the company of the sample spent on getting its customers, unless another spend is given. */
export const SAMPLE_SPEND: Spend = { USD: 12000 }

/** The files of the bundled sample archive, in order. */
export const sampleFiles = (): string[] =>
  readdirSync(SAMPLE)
    .filter((file) => file.endsWith('.json.gz'))
    .sort()
    .map((file) => join(SAMPLE, file))
