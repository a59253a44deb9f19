/**
 * All tests of the destination in one file, because loading actions-core takes longer than most tests: so a mutant loads
 * it once, not once for each test file.
 */
import { readdirSync } from 'node:fs'
import { createRequire } from 'node:module'
import { resolve } from 'node:path'

const TESTS = resolve(__dirname, '../../../../packages/destination/src/__tests__')

const files = readdirSync(TESTS).filter((file) => file.endsWith('.test.ts'))

const load = createRequire(__filename)
for (const file of files) describe(file, () => void load(resolve(TESTS, file)))
